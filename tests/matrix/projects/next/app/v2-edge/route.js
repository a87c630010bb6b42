import AWS from 'ivs-wasm/v2';

export const runtime = 'edge';

/** The same written for SDK v2: a call by callback, then one by `.promise()`. */
export async function POST(request) {
  const { name, ...options } = await request.json();
  const ivs = new AWS.IVS(options);
  const { channel: { arn } } = await new Promise((resolve, reject) => {
    ivs.createChannel({ name }, (error, data) => (error ? reject(error) : resolve(data)));
  });
  const { channel } = await ivs.getChannel({ arn }).promise();
  return Response.json({ arn, name: channel.name });
}
