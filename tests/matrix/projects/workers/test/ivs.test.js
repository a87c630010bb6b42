import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { IVS } from 'ivs-wasm';

test('one call from a test that runs inside workerd', async () => {
  const { name, ...options } = JSON.parse(env.MATRIX_INPUT);
  const { channel } = await new IVS(options).createChannel({ name });
  expect(channel.name).toBe(name);
  console.log(`result: ${JSON.stringify({ arn: channel.arn, name: channel.name })}`);
});
