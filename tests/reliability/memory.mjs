// @ts-check
// A million clients or calls leave memory flat. Run with --expose-gc.
//   MEMORY_CALLS=1000000 MEMORY_CLIENTS=100000 node --expose-gc tests/reliability/memory.mjs
import assert from 'node:assert/strict';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { ARN, CREDENTIALS, REGION, count, load, memory, project, watchInstances } from './library.mjs';

const CALLS = count('MEMORY_CALLS', 30_000);
const CLIENTS = count('MEMORY_CLIENTS', 10_000);

watchInstances();
const wasm = () => memory().buffer.byteLength;
/** What is alive after a thorough collection: finalizers run in turns of their own. */
async function heap() {
  for (let i = 0; i < 4; i++) {
    /** @type {any} */ (globalThis).gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}
const shown = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

await runMain(async () => {
  const { check, finish } = checks('Memory');
  const { IVS } = await load(await project());
  const answers = ['{"channel":{"arn":"a","name":"n"}}', '{"message":"no"}'];
  const fetch = async (/** @type {string} */ _, /** @type {any} */ init) => new Response(answers[init.body.length % 2], { status: init.body.length % 2 ? 404 : 200 });
  const ivs = new IVS({ region: REGION, credentials: CREDENTIALS, fetch });

  /** Half of the calls succeed, half fail; some have a signal, some odd parameters. */
  const calls = async (/** @type {number} */ total) => {
    const signal = new AbortController().signal;
    for (let i = 0; i < total; i += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, k) => {
        const params = k % 7 ? { arn: k % 2 ? ARN : `${ARN}i` } : { arn: ARN, nothing: undefined };
        return ivs.getChannel(params, k % 5 ? undefined : { signal, timeout: 1000 }).catch(() => {});
      }));
    }
  };
  const clients = async (/** @type {number} */ total) => {
    for (let i = 0; i < total; i++) {
      const one = new IVS({ region: REGION, credentials: { accessKeyId: `AKID${i}`, secretAccessKey: `secret ${i}` }, fetch });
      if (i % 10 === 0) await one.getChannel({ arn: ARN }).catch(() => {});
    }
  };
  /**
   * Runs `work`: a fifth of it to warm up, then the rest. Once more if the heap has grown: what the engine makes once, it may make late;
   * a leak grows again.
   * @param {(total: number) => Promise<void>} work @param {number} total
   */
  const flat = async (work, total) => {
    await work(total / 5);
    for (let rounds = 3; ; rounds -= 1) {
      const before = { wasm: wasm(), heap: await heap() };
      await work((total * 4) / 5);
      const after = { wasm: wasm(), heap: await heap() };
      const growth = (100 * (after.heap - before.heap)) / before.heap;
      console.log(`        wasm ${shown(before.wasm)} → ${shown(after.wasm)}; heap ${shown(before.heap)} → ${shown(after.heap)} (${growth.toFixed(1)} %)`);
      assert.equal(after.wasm, before.wasm, 'wasm memory grew');
      if (growth < 5) return;
      assert.ok(rounds > 1, `the heap grew by ${growth} %, again`);
    }
  };

  await check(`${CALLS} calls`, () => flat(calls, CALLS));
  await check(`${CLIENTS} clients`, () => flat(clients, CLIENTS));
  await check('timers and listeners are cleared', () => {
    const left = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    assert.deepEqual(left, []);
  });
  return finish();
});
