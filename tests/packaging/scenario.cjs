const library = require('ivs-wasm');

/**
 * One signed call, as in scenario.mjs.
 * @param {{name?: string, endpoint?: string, region?: string, credentials?: object}} input
 */
module.exports = async ({ name, ...options }) => {
  const names = Object.keys(library).filter((key) => key !== 'default').sort();
  const { channel } = await new library.IVS(options).createChannel({ name });
  return { names, arn: channel.arn, name: channel.name };
};
