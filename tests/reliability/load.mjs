// @ts-check
// Load: 2,000 concurrent calls to the local endpoint, a fifth and more of which fail on the way. All settle, nothing is
// created twice, and the retries that the endpoint sees stay within what the client's budget allows.
//   LOAD_CALLS=20000 node tests/reliability/load.mjs
import assert from 'node:assert/strict';
import { startServer } from '../../js/mock/server.js';
import { checks } from '../harness/checks.mjs';
import { atEnd, runMain } from '../harness/cleanup.mjs';
import { CREDENTIALS, REGION, count, load, outcome, project, word } from './library.mjs';

const CALLS = count('LOAD_CALLS', 2000);
/** Of a client: tokens, and what a retry costs after a transient failure and after throttling. */
const [TOKENS, CHEAPEST] = [500, 5];

await runMain(async () => {
  const { check, finish } = checks('Load');
  const { IVS, IVSError } = await load(await project());
  const server = await startServer({ seed: 1, quotas: { channels: 100_000 } });
  atEnd(server.close);
  /** Every hundred calls: ten of 5xx, ten throttled, five cut; spread among the others. */
  const plan = (/** @type {number} */ calls, /** @type {object} */ more = {}) => {
    server.control.clearFaults();
    for (let i = 0; i < calls / 100; i++) {
      for (let k = 0; k < 10; k++) {
        server.control.fault({ skip: 3, status: 503, body: '{"message":"later"}', ...more });
        server.control.fault({ skip: 2, error: 'ThrottlingException', status: 429, ...more });
        if (k % 2) server.control.fault({ skip: 3, connection: 'reset', ...more });
      }
    }
  };
  const client = (more = {}) => new IVS({ region: REGION, credentials: CREDENTIALS, endpoint: server.url, retryDelayOptions: { base: 20 }, ...more });
  const received = () => server.control.calls().length;

  await check(`${CALLS} concurrent reads with 10 % 5xx, 10 % throttled, 5 % cut`, async () => {
    server.control.reset();
    plan(CALLS);
    const ivs = client();
    const start = performance.now();
    const results = await Promise.all(Array.from({ length: CALLS }, () => outcome(ivs.listChannels({}), 60_000)));
    const words = new Map();
    for (const result of results) words.set(word(result, IVSError), (words.get(word(result, IVSError)) ?? 0) + 1);
    const [ok, sent] = [words.get('ok') ?? 0, Math.min(received(), 10_000)];
    const retries = results.reduce((sum, { value, error }) => sum + ((value ?? error).$metadata.attempts - 1), 0);
    // Each token spent bought a retry; a success earns one, or what its retry cost.
    const most = (TOKENS + ok * 14) / CHEAPEST;
    console.log(`        ${CALLS} calls: ${JSON.stringify(Object.fromEntries(words))}, ${retries} retries of at most ${Math.floor(most)}, in ${Math.round(performance.now() - start)} ms`);
    assert.equal(words.get('hung'), undefined);
    assert.equal([...words.values()].reduce((a, b) => a + b), CALLS);
    assert.deepEqual([...words.keys()].filter((one) => !['ok', 'UnknownError', 'ThrottlingException', 'NetworkingError'].includes(one)), []);
    assert.equal(sent, Math.min(CALLS + retries, 10_000), 'the endpoint saw what the calls say they sent');
    assert.ok(retries <= most);
    assert.ok(ok >= CALLS * 0.9, `${ok} succeeded`);
  });

  await check('a service that is down is asked little more than once a call', async () => {
    server.control.reset();
    server.control.fault({ status: 503, times: 1e9 });
    const ivs = client();
    const calls = 500;
    const results = await Promise.all(Array.from({ length: calls }, () => outcome(ivs.listChannels({}), 60_000)));
    assert.ok(results.every(({ error }) => error instanceof IVSError && error.statusCode === 503));
    const most = calls + Math.floor(TOKENS / 14);
    console.log(`        ${calls} calls made ${received()} requests; the budget allows ${most}`);
    assert.equal(received(), most, 'the whole budget, and not one more');
  });

  await check('nothing is created twice', async () => {
    server.control.reset();
    const calls = CALLS / 4;
    // The connection is cut after the service has acted: nobody can know, so nobody may repeat.
    for (let i = 0; i < calls / 20; i++) server.control.fault({ operation: 'CreateChannel', skip: 19, connection: 'reset', after: true });
    const ivs = client({ maxAttempts: 10 });
    const results = await Promise.all(Array.from({ length: calls }, (_, i) => outcome(ivs.createChannel({ name: `c${i}` }), 60_000)));
    server.control.clearFaults();
    const names = [];
    for await (const { name } of client().paginateListChannels({}, { pageSize: 100 }).items()) names.push(name);
    const [created, lost] = [new Set(names), results.filter(({ error }) => error).length];
    console.log(`        ${calls} creations, ${lost} cut after the act: ${names.length} channels, ${names.length - created.size} twice`);
    assert.equal(names.length, created.size, 'created twice');
    assert.equal(names.length, calls);
    assert.ok(lost > 0 && results.every(({ error }) => !error || error.code === 'NetworkingError'));
  });
  return finish();
});
