const { IVS } = require('ivs-wasm');

test('one call', async () => {
  const { name, ...options } = JSON.parse(process.env.MATRIX_INPUT);
  const { channel } = await new IVS(options).createChannel({ name });
  expect(channel.name).toBe(name);
  process.stderr.write(`result: ${JSON.stringify({ arn: channel.arn, name: channel.name })}\n`);
});
