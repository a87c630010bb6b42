// @ts-check
// The same server under AWS's own two SDKs: what it accepts was not fitted to our library.
import assert from 'node:assert/strict';
import { tool } from '../harness/project.mjs';

/**
 * @param {(name: string, body: () => Promise<void>) => Promise<unknown>} check
 * @param {import('../harness/server.mjs').Server} server
 * @param {{endpoint: string, region: string, credentials: object}} options
 */
export async function controls(check, server, options) {
  // Their notices about the end of their own support are no news here.
  process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  /** @type {Record<string, () => Promise<(operation: string, params: object) => Promise<any>>>} */
  const clients = {
    'SDK v2': async () => {
      const v2 = new (await tool('aws-sdk')).IVS(options);
      return (operation, params) => v2[operation](params).promise();
    },
    'SDK v3': async () => {
      const v3 = new (await tool('@aws-sdk/client-ivs')).Ivs(options);
      return (operation, params) => v3[operation](params);
    },
  };
  for (const [name, make] of Object.entries(clients)) {
    await check(`control: ${name} from Node is accepted by the same server`, async () => {
      const call = await make();
      const { seen } = await server.watch(async () => {
        const { channel } = await call('createChannel', { name: 'control' });
        assert.equal((await call('getChannel', { arn: channel.arn })).channel.arn, channel.arn);
        await call('deleteChannel', { arn: channel.arn });
        await assert.rejects(call('getChannel', { arn: channel.arn }), { name: 'ResourceNotFoundException' });
      });
      assert.deepEqual(seen.map((line) => [line.status, line.verdict]), [[200, 'signed'], [200, 'signed'], [200, 'signed'], [404, 'signed']]);
    });
  }
}
