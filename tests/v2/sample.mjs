// @ts-check
// The sample with SDK v2 and with ours, each on a fresh local endpoint: they must print the same.
import { join } from 'node:path';
import { installPackage } from '../harness/install.mjs';
import { ROOT } from '../harness/project.mjs';
import { run } from '../harness/scratch.mjs';
import { startServer } from '../../js/mock/server.js';

/** @param {string} sdk @returns {Promise<string>} */
async function output(sdk) {
  const folder = await installPackage({ name: 'sample', files: [new URL('sample.cjs', import.meta.url)] });
  const server = await startServer({ seed: 'sample' });
  const { accessKeyId, secretAccessKey } = server.credentials;
  try {
    const env = { ...process.env, SDK: sdk, ENDPOINT: server.url, KEY_ID: accessKeyId, SECRET: secretAccessKey, AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1' };
    return (await run(process.execPath, ['sample.cjs'], { cwd: folder, env, timeout: 60_000 })).stdout;
  } finally {
    await server.close();
  }
}

/** @returns {Promise<{ passed: number, failed: number, lines: string[] }>} */
export async function compareSample() {
  const [theirs, ours] = [await output(join(ROOT, 'js/node_modules/aws-sdk')), await output('ivs-wasm/v2')];
  const same = theirs === ours && theirs.trim().split('\n').length > 5;
  return { passed: same ? 1 : 0, failed: same ? 0 : 1, lines: same ? [] : [`  aws-sdk:\n${theirs}\n  ivs-wasm/v2:\n${ours}`] };
}
