import * as library from 'ivs-wasm';

/**
 * One signed call; with no endpoint given, only the import.
 * @param {{name?: string, endpoint?: string, region?: string, credentials?: object}} input
 */
export default async ({ name, ...options }) => {
  const names = Object.keys(library).filter((key) => key !== 'default').sort();
  if (!options.endpoint) return { names };
  const { channel } = await new library.IVS(options).createChannel({ name });
  return { names, arn: channel.arn, name: channel.name };
};
