// @ts-check
// A trap is contained: calls in flight are rejected and say so, nothing hangs, nothing reaches the process, the next
// call works. The traps are real: memory overwritten, memory exhausted, the stack exhausted while calls are in flight.
//   TRAP_ROUNDS=50 node tests/reliability/traps.mjs
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { ARN, CREDENTIALS, REGION, count, instances, load, memory, outcome, project, spoil, watchInstances, word } from './library.mjs';

const IN_FLIGHT = 100;
const ROUNDS = count('TRAP_ROUNDS', 10);

watchInstances();

/** @type {unknown[]} */
const escaped = [];
process.on('uncaughtException', (error) => escaped.push(error));
process.on('unhandledRejection', (error) => escaped.push(error));

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Answers by hand: `pending` are the calls that wait for one. */
function manual() {
  /** @type {{ body: string, answer: (name: string) => void, fail: () => void }[]} */
  const pending = [];
  /** @param {string} url @param {RequestInit} init */
  const fetch = (url, init) => new Promise((resolve, reject) => pending.push({
    body: String(init.body),
    answer: (name) => resolve(new Response(JSON.stringify({ channel: { arn: ARN, name } }))),
    fail: () => reject(new TypeError('lost')),
  }));
  return { pending, fetch };
}

await runMain(async () => {
  const { check, finish } = checks('A trap is contained');
  const folder = await project();
  const { IVS, IVSError } = await load(folder);
  const names = (/** @type {{ fetch: any }} */ { fetch }) => new IVS({ region: REGION, credentials: CREDENTIALS, fetch, maxRetries: 0 });

  /** Starts calls and waits until all have been sent. */
  const fly = async (/** @type {ReturnType<typeof manual>} */ transport, total = IN_FLIGHT) => {
    const ivs = names(transport);
    const before = transport.pending.length;
    const calls = Array.from({ length: total }, () => ivs.getChannel({ arn: ARN }));
    for (const call of calls) call.catch(() => {});
    for (let i = 0; transport.pending.length < before + total && i < 200; i++) await turn();
    assert.equal(transport.pending.length, before + total);
    return calls;
  };

  /** All of these are settled now or soon, with an answer or an InternalError. */
  const settled = async (/** @type {Promise<any>[]} */ calls) => {
    const told = await Promise.all(calls.map((call) => outcome(call, 2000)));
    const words = told.map((one) => word(one, IVSError));
    assert.deepEqual(words.filter((one) => one !== 'ok' && one !== 'InternalError'), []);
    for (const { error } of told) {
      if (!error) continue;
      assert.match(error.message, /stopped inside WebAssembly/);
      assert.equal(error.retryable, true);
      assert.ok(error.cause !== undefined);
    }
    return words.filter((one) => one === 'InternalError').length;
  };

  const works = async (/** @type {string} */ name) => {
    const transport = manual();
    const [call] = await fly(transport, 1);
    transport.pending[0].answer(name);
    const result = await outcome(call, 2000);
    assert.equal(result.value?.channel.name, name, String(result.error?.stack ?? 'hung'));
  };
  await works('before');

  await check(`memory overwritten under ${IN_FLIGHT} calls, ${ROUNDS} times`, async () => {
    let lost = 0, late = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const transport = manual();
      const calls = await fly(transport);
      const made = instances.length;
      spoil();
      // The first answers wake the broken instance.
      for (const { answer } of transport.pending.slice(0, 10)) answer('x');
      await turn();
      lost += await settled(calls);
      await works(`after ${round}`);
      assert.equal(instances.length, made + 1, 'one new instance');
      // Answers to the lost calls come in while the new instance works: they must not touch it.
      const next = manual();
      const others = await fly(next);
      for (const { answer, fail } of transport.pending.slice(10)) late++ % 2 ? answer('late') : fail();
      await turn();
      next.pending.forEach(({ answer }, i) => answer(`n${i}`));
      const results = await Promise.all(others.map((call) => outcome(call, 2000)));
      assert.deepEqual(results.map(({ value, error }) => value?.channel.name ?? String(error)), others.map((_, i) => `n${i}`));
      assert.equal(transport.pending.length, IN_FLIGHT, 'a lost call sent another request');
      assert.equal(instances.length, made + 1, 'the new instance was broken by leftovers of the old one');
    }
    assert.equal(lost, IN_FLIGHT * ROUNDS);
    console.log(`        ${lost} calls told, 0 hang; ${late} late answers harmless`);
  });

  await check('memory exhausted', async () => {
    let lost = 0;
    for (let round = 0; round < ROUNDS / 2; round++) {
      const transport = manual();
      const calls = await fly(transport);
      const { buffer } = memory();
      memory().grow(65536 - buffer.byteLength / 65536);
      const large = names(transport).putMetadata({ channelArn: ARN, metadata: 'm'.repeat(5_000_000) });
      assert.equal(word(await outcome(large, 5000), IVSError), 'InternalError');
      lost += await settled(calls);
      await works(`after ${round}`);
    }
    console.log(`        ${lost} calls in flight told`);
  });

  await check('the stack exhausted at every depth', async () => {
    let told = 0, fine = 0, other = 0;
    const dive = (/** @type {number} */ depth, /** @type {() => any} */ act) => (depth > 0 ? dive(depth - 1, act) : act());
    let deepest = 1000;
    try {
      for (;;) dive((deepest += 50), () => 0);
    } catch { /* that is how deep it goes */ }
    // Down from where nothing fits to where everything does.
    for (let depth = deepest, inARow = 0; inARow < 25 && depth > 0; depth -= 23) {
      const transport = manual();
      const calls = await fly(transport, 2);
      let call;
      try {
        call = dive(depth, () => names(transport).getChannel({ arn: ARN }));
        // It may be rejected at once, and is looked at only after a turn.
        call.catch(() => {});
      } catch (error) {
        assert.ok(error instanceof RangeError, String(error));
        other++;
        inARow = 0;
      }
      await turn();
      for (const { answer } of transport.pending) answer('deep');
      if (call) {
        const result = await outcome(call, 2000);
        assert.ok(!result.hung, `hung at depth ${deepest - depth} before the end`);
        if (result.error) assert.ok(result.error instanceof IVSError || result.error instanceof RangeError, String(result.error));
        result.error ? told++ : fine++;
        inARow = result.error ? 0 : inARow + 1;
      }
      await settled(calls);
    }
    await works('after the dive');
    console.log(`        of ${told + fine + other} calls ${fine} worked, ${told} were rejected, ${other} threw a RangeError before they began`);
  });

  await check('a new instance takes at most 5 ms', async () => {
    const times = [];
    for (let round = 0; round < 30; round++) {
      const [call] = await fly(manual(), 1);
      spoil();
      const ivs = new IVS({ region: REGION, credentials: CREDENTIALS });
      await outcome(ivs.sign('getChannel', { arn: ARN }), 1000);
      await turn();
      const start = performance.now();
      await ivs.sign('getChannel', { arn: ARN });
      times.push(performance.now() - start);
      await settled([call]);
    }
    times.sort((a, b) => a - b);
    console.log(`        trap to signed request: median ${times[15].toFixed(2)} ms, best ${times[0].toFixed(2)}, worst ${times[29].toFixed(2)}`);
    assert.ok(times[15] <= 5, `${times[15]} ms`);
  });

  await check(`ivs-wasm/v2, whose core keeps nothing of a call: memory overwritten under ${IN_FLIGHT} calls, ${ROUNDS} times`, async () => {
    const { default: AWS } = await import(pathToFileURL(join(folder, 'node_modules/ivs-wasm/v2.js')).href);
    const start = (/** @type {ReturnType<typeof manual>} */ { fetch }) =>
      new AWS.IVS({ region: REGION, credentials: CREDENTIALS, fetch, maxRetries: 0 }).getChannel({ arn: ARN }).promise();
    const flying = async (/** @type {ReturnType<typeof manual>} */ transport, /** @type {number} */ total) => {
      const calls = Array.from({ length: total }, () => start(transport));
      for (const call of calls) call.catch(() => {});
      for (let i = 0; transport.pending.length < total && i < 200; i++) await turn();
      assert.equal(transport.pending.length, total);
      return calls;
    };
    let lost = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const transport = manual();
      const calls = await flying(transport, IN_FLIGHT);
      const made = instances.length;
      spoil();
      transport.pending.forEach(({ answer }, i) => answer(`n${i}`));
      const told = await Promise.all(calls.map((call) => outcome(call, 2000)));
      for (const [i, { value, error }] of told.entries()) {
        if (!error) assert.equal(value?.channel.name, `n${i}`);
        else assert.deepEqual([error.code, error.retryable, error.cause !== undefined], ['InternalError', true, true], error.stack);
      }
      lost += told.filter(({ error }) => error).length;
      assert.equal(instances.length, made + 1, 'one new instance');
    }
    assert.ok(lost >= ROUNDS);
    console.log(`        ${lost} calls told, 0 hang; the others found a new core and went on`);
  });

  await check('nothing escaped to the process', async () => {
    await turn();
    assert.deepEqual(escaped.map(String), []);
  });
  return finish();
});
