// @ts-check
// Workers: requests that are cancelled at every stage of a call never disturb another one that uses the same client; memory stays flat.
//   WORKER_CANCELS=10000 WORKER_CALLS=100000 node tests/reliability/workers.mjs
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { bundleWorker, newestDate } from '../harness/workerd.mjs';
import { atEnd } from '../harness/cleanup.mjs';
import { tool } from '../harness/project.mjs';
import { startFaulty } from './faulty-server.mjs';
import { count, inParallel, project } from './library.mjs';

const CANCELS = count('WORKER_CANCELS', 1000);
const CALLS = count('WORKER_CALLS', 30_000);

/** Where a call can be when its request goes away. @type {[string, object][]} */
const STAGES = [
  ['before the answer', { fault: 'silent' }],
  ['in the head of the answer', { fault: 'stall-head' }],
  ['in the body of the answer', { fault: 'stall-body' }],
  ['in a dripping body', { fault: 'drip-body' }],
  ['in the wait before a retry', { fault: 'empty-503' }],
  ['while credentials are fetched', { fault: 'fine', slowCredentials: true }],
];

/**
 * A Worker before the one with the library: a client that goes away does not end a request in a local workerd, but a
 * caller through a service binding that gives up does, as can be seen from timers that never fire any more.
 */
const CALLER = `export default { async fetch(request, env) {
  const { cancelAfter, ...input } = await request.json();
  const controller = new AbortController();
  if (cancelAfter !== undefined) setTimeout(() => controller.abort(), cancelAfter);
  try {
    return await env.LIBRARY.fetch('http://library/', { method: 'POST', body: JSON.stringify(input), signal: controller.signal });
  } catch (error) {
    return Response.json({ result: 'cancelled' });
  }
} }`;

/** Resident memory of the workerd that this program started, in bytes. */
function resident() {
  let most = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, parent] = /\nPPid:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      if (Number(parent) !== process.pid || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('workerd')) continue;
      most += 1024 * Number(/\nVmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    } catch { /* it has ended */ }
  }
  return most;
}
const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

await runMain(async () => {
  const { check, finish } = checks('Isolation of requests in workerd');
  const folder = await project({ files: [new URL('worker-scenario.mjs', import.meta.url)] });
  const server = await startFaulty();
  const { Miniflare } = await tool('miniflare');
  const date = await newestDate();
  const library = { name: 'library', compatibilityDate: date, modules: await bundleWorker(folder, 'worker-scenario.mjs') };
  const caller = { name: 'caller', compatibilityDate: date, modules: [{ type: 'ESModule', path: 'caller.mjs', contents: CALLER }], serviceBindings: { LIBRARY: 'library' } };
  const miniflare = new Miniflare({ cf: false, workers: [caller, library] });
  atEnd(() => miniflare.dispose().catch(() => undefined));
  await miniflare.ready;
  /** @param {object} input */
  const request = async (input) => {
    const reply = await miniflare.dispatchFetch('http://worker/', { method: 'POST', body: JSON.stringify({ url: server.url, ...input }) });
    const { result, error } = await reply.json();
    if (error) throw new Error(error);
    return result;
  };
  const fine = { act: 'call', fault: 'fine', timeout: 10_000 };
  assert.equal((await request(fine)).ok, 'n');
  const before = await request({ act: 'memory' });

  await check('a cancelled request is really gone', async () => {
    assert.equal(await request({ act: 'leaveTimer', cancelAfter: 50 }), 'cancelled');
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(await request({ act: 'timers' }), 0);
  });

  await check(`${CANCELS} cancelled requests, another one beside each`, async () => {
    let cancelled = 0, slowest = 0;
    const disturbed = new Map();
    /** @type {Map<string, unknown[]>} */
    const survived = new Map();
    await inParallel(CANCELS, 12, async (i) => {
      const [stage, input] = STAGES[i % STAGES.length];
      const gone = request({ act: 'call', ...input, cancelAfter: 5 + (i % 40) });
      const start = performance.now();
      const results = [await request(fine)]; // begins while the other one waits
      const end = await gone;
      if (end === 'cancelled') cancelled++;
      else survived.set(stage, [...(survived.get(stage) ?? []), end]);
      results.push(await request(fine)); // begins when the other one is gone
      slowest = Math.max(slowest, performance.now() - start);
      for (const result of results) if (result.ok !== 'n') disturbed.set(stage, result);
    });
    console.log(`        ${cancelled} cancelled at ${STAGES.length} stages; ${2 * CANCELS} calls beside them: ${disturbed.size} disturbed, the slowest pair took ${Math.round(slowest)} ms`);
    assert.deepEqual([...disturbed], []);
    assert.equal(cancelled, CANCELS, `not cancelled: ${JSON.stringify([...survived]).slice(0, 500)}`);
  });

  await check('what cancelled requests leave behind', async () => {
    for (let wait = 0; server.busy().length > 20 && wait < 60; wait++) await new Promise((resolve) => setTimeout(resolve, 50));
    const grown = (await request({ act: 'memory' })) - before;
    console.log(`        wasm memory grew by ${grown} bytes, ${Math.round(grown / CANCELS)} for a cancelled request; ${server.busy().length} connections are open`);
    // A cancelled request never runs again, so nothing can give back what its call held. It must be little.
    assert.ok(grown / CANCELS < 8192, `${grown} bytes`);
    assert.ok(server.busy().length <= 40, `${server.busy().length} open connections`);
  });

  await check('what the handlers of cancelled requests held is let go', async () => {
    // Collected some time after they were left: the garbage of other calls makes the engine look.
    let left = Infinity;
    for (let i = 0; i < 40 && left > CANCELS / 50; i++) {
      await request({ act: 'many', calls: 2000 });
      await new Promise((resolve) => setTimeout(resolve, 50));
      const { made, gone } = await request({ act: 'held' });
      left = made - gone;
    }
    console.log(`        of ${CANCELS} cancelled requests ${left} are still held`);
    assert.ok(left <= CANCELS / 50, `${left} are held`);
  });

  await check(`${CALLS} calls: memory is flat`, async () => {
    const wasm = [], rss = [];
    // The engine lets its heap grow for some ten thousand calls before it collects for good; what is flat is what follows.
    for (let i = 0; i < 6; i++) await request({ act: 'many', calls: 5000 });
    for (let i = 0; i < 6; i++) {
      await request({ act: 'many', calls: CALLS / 6 });
      wasm.push(await request({ act: 'memory' }));
      rss.push(resident());
    }
    console.log(`        wasm memory ${wasm.map(megabytes).join(' ')}; workerd ${rss.map(megabytes).join(' ')}`);
    assert.equal(wasm[5], wasm[1], 'wasm memory grew');
    // The engine's own heap breathes; what leaks grows without end.
    assert.ok(rss[5] < rss[2] * 1.25, 'workerd grew');
  });

  await check('2,000 clients: memory is flat', async () => {
    await request({ act: 'clients', clients: 200 });
    const wasm = await request({ act: 'memory' });
    assert.equal(await request({ act: 'clients', clients: 2000 }), wasm);
  });
  return finish();
});
