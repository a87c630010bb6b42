import { IVS } from 'ivs-wasm';

/** What both routes do. */
export async function call(request) {
  const { name, ...options } = await request.json();
  const { channel } = await new IVS(options).createChannel({ name });
  return Response.json({ arn: channel.arn, name: channel.name });
}
