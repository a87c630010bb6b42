// @ts-check
// Every promise settles within its deadline, with the right code, whatever the server does.
//   SETTLE_RUNS=20000 node tests/reliability/settles.mjs   more runs than CI's 2,000
import assert from 'node:assert/strict';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { FAULTS, startFaulty } from './faulty-server.mjs';
import { ARN, CREDENTIALS, REGION, count, inParallel, load, outcome, project, word } from './library.mjs';

const RUNS = count('SETTLE_RUNS', 2000);
/** The limit where it must be reached, and where it must not. */
const ATTEMPT = 250, AMPLE = 20_000;
/** What a busy machine may add to a limit. */
const SLACK = 3000;
/** They move megabytes: every tenth round is enough. */
const isHeavy = (name) => FAULTS[name].code === 'ResponseTooLarge';

await runMain(async () => {
  const { check, finish } = checks('Every promise settles');
  const { IVS, IVSError } = await load(await project());
  const server = await startFaulty();
  const options = { region: REGION, credentials: CREDENTIALS, maxRetries: 0, httpOptions: { timeout: ATTEMPT } };
  const client = (fault, more) => new IVS({ ...options, endpoint: `${server.url}/${fault}`, ...more });
  await client('fine').getChannel({ arn: ARN });

  await check(`${RUNS} faults: 0 hangs, each with its code`, async () => {
    const names = Object.keys(FAULTS);
    const light = names.filter((name) => !isHeavy(name));
    const rounds = Array.from({ length: 10 }, (_, round) => (round ? light : names)).flat();
    const limit = (name) => (FAULTS[name].code === 'TimeoutError' ? ATTEMPT : AMPLE);
    const clients = new Map(names.map((name) => [name, client(name, { httpOptions: { timeout: limit(name) } })]));
    const wrong = new Map();
    let hangs = 0, worst = 0;
    await inParallel(RUNS, 40, async (i) => {
      const name = rounds[i % rounds.length];
      const start = performance.now();
      const told = word(await outcome(clients.get(name).getChannel({ arn: ARN }), limit(name) + SLACK), IVSError);
      if (told === 'TimeoutError') worst = Math.max(worst, performance.now() - start);
      hangs += Number(told === 'hung');
      const { code, more = [] } = FAULTS[name];
      if (told !== code && !more.includes(told)) wrong.set(name, `${told} in place of ${code}`);
    });
    console.log(`        ${RUNS} runs of ${names.length} faults: ${hangs} hangs; the slowest timeout came after ${Math.round(worst)} ms with a limit of ${ATTEMPT} ms`);
    assert.deepEqual([...wrong], []);
    assert.equal(hangs, 0);
    assert.equal(server.seen.get('caught') ?? 0, 0, 'a redirect was followed');
  });

  await check('a deadline of the whole call holds over attempts and waits', async () => {
    const names = Object.keys(FAULTS).filter((name) => FAULTS[name].code !== 'ok');
    await inParallel(names.length * 3, 40, async (i) => {
      const ivs = client(names[i % names.length], { maxRetries: 50, timeout: 300, httpOptions: { timeout: 120 } });
      const result = await outcome(ivs.getChannel({ arn: ARN }), 300 + SLACK);
      assert.ok(result.error instanceof IVSError, `${names[i % names.length]}: ${word(result, IVSError)}`);
    });
  });

  await check('an abort settles a call at once, whatever the server does meanwhile', async () => {
    for (const name of ['silent', 'drip-head', 'drip-body', 'stall-head', 'stall-body', 'stall-chunk']) {
      const controller = new AbortController();
      const call = client(name, { httpOptions: { timeout: 0 } }).getChannel({ arn: ARN }, { signal: controller.signal });
      setTimeout(() => controller.abort(), 60);
      assert.equal(word(await outcome(call, SLACK), IVSError), 'RequestAbortedError', name);
    }
  });

  await check('credentials that never come do not hold a call', async () => {
    const credentials = () => new Promise(() => {});
    const slow = (more, call) => outcome(client('fine', { credentials, ...more }).getChannel({ arn: ARN }, call), SLACK);
    assert.equal(word(await slow({ timeout: 200 }, {}), IVSError), 'TimeoutError', 'deadline');
    assert.equal(word(await slow({}, { signal: AbortSignal.timeout(100) }), IVSError), 'RequestAbortedError', 'signal');
    assert.equal(word(await slow({}, {}), IVSError), 'TimeoutError', 'limit of the attempt');
    const object = { get() {} };
    assert.equal(word(await slow({ credentials: object, timeout: 200 }, {}), IVSError), 'TimeoutError', 'an object of v2');
  });

  await check('a server that is not there, or speaks no TLS', async () => {
    const to = (endpoint) => outcome(new IVS({ ...options, endpoint }).getChannel({ arn: ARN }), ATTEMPT + SLACK);
    assert.equal(word(await to('http://127.0.0.1:1'), IVSError), 'NetworkingError');
    assert.equal(word(await to(server.url.replace('http', 'https')), IVSError), 'TimeoutError', 'the server waits for more');
  });

  await check('given up connections are closed, not left behind', async () => {
    for (let wait = 0; server.busy().length > 5 && wait < 60; wait++) await new Promise((resolve) => setTimeout(resolve, 50));
    console.log(`        ${server.busy().length} requests still hold a connection after all runs`);
    assert.ok(server.busy().length <= 5, String(server.busy()));
  });
  return finish();
});
