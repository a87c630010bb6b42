// @ts-check
// The events of a request in their order, in every way that a request can go; and that abort settles at once in every state.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import test from 'node:test';
import { createIvs } from '../../js/mock/index.js';

const own = process.env.V2 ? pathToFileURL(process.env.V2).href : new URL('../../pkg/v2.js', import.meta.url).href;
const { default: AWS } = await import(own);

const EVENTS = ['validate', 'build', 'afterBuild', 'restart', 'sign', 'httpUploadProgress', 'httpHeaders', 'httpDownloadProgress', 'httpData', 'httpDone', 'httpError',
  'send', 'validateResponse', 'extractData', 'extractError', 'retry', 'afterRetry', 'success', 'error', 'complete'];
const EXCHANGE = 'httpUploadProgress httpHeaders httpDownloadProgress httpData httpDone send';
const keys = { accessKeyId: 'AKID', secretAccessKey: 'secret' };

/** @param {any[]} replies @param {any} [options] */
function request(replies, options) {
  let sent = 0;
  const fetch = async () => {
    const reply = replies[Math.min(sent++, replies.length - 1)];
    if (reply instanceof Error) throw reply;
    if (reply === 'never') return new Promise(() => {});
    return new Response(reply[1], { status: reply[0] });
  };
  const ivs = new AWS.IVS({ region: 'us-west-2', ...keys, retryDelayOptions: { base: 1 }, fetch, ...options });
  const made = ivs.getChannel({ arn: 'a' });
  /** @type {string[]} */
  const seen = [];
  for (const event of EVENTS) made.on(event, /** @this {any} */ function () {
    assert.equal(this, made);
    seen.push(event);
  });
  return { made, seen, ivs, count: () => sent };
}
/** @param {any} made */
const ended = (made) => made.promise().then(() => undefined, (/** @type {any} */ error) => error);

test('a success', async () => {
  const { made, seen } = request([[200, '{"channel":{}}']]);
  await made.promise().then(() => seen.push('then'));
  assert.equal(seen.join(' '), `validate build afterBuild sign ${EXCHANGE} validateResponse extractData success complete then`);
});

test('a refusal passes retry and afterRetry too', async () => {
  const { made, seen } = request([[400, '{"__type":"ValidationException"}']]);
  assert.equal((await ended(made)).code, 'ValidationException');
  assert.equal(seen.join(' '), `validate build afterBuild sign ${EXCHANGE} validateResponse extractError retry afterRetry error complete`);
});

test('500, then 200: built once, signed twice', async () => {
  const { made, seen } = request([[500, '{}'], [200, '{"channel":{}}']]);
  assert.equal(await ended(made), undefined);
  assert.equal(seen.join(' '), `validate build afterBuild sign ${EXCHANGE} validateResponse extractError retry afterRetry sign ${EXCHANGE} validateResponse extractData success complete`);
});

test('a lost connection', async () => {
  const { made, seen } = request([new TypeError('fetch failed')], { maxRetries: 0 });
  const error = await ended(made);
  assert.deepEqual([error.code, error.message, error.retryable, error.region, error.hostname], ['NetworkingError', 'fetch failed', true, 'us-west-2', 'ivs.us-west-2.amazonaws.com']);
  assert.equal(seen.join(' '), 'validate build afterBuild sign httpUploadProgress httpError send retry afterRetry error complete');
});

test('parameters that break rules', async () => {
  const { made, seen } = request([]);
  made.params = {};
  assert.equal((await ended(made)).code, 'MissingRequiredParameter');
  assert.equal(seen.join(' '), 'validate error complete');
});

test('an operation that there is not, with and without keys and validation', async () => {
  for (const options of [{}, { paramValidation: false }, { credentials: null }]) {
    const { ivs } = request([], options);
    const { code, message } = await ended(ivs.makeRequest('noSuchThing', {}));
    assert.deepEqual([code, message], ['UnknownOperation', "There is no operation 'noSuchThing'"]);
  }
});

test('listeners on AWS.events run before the built-in ones, for every request', async () => {
  const add = (/** @type {any} */ req) => (req.httpRequest.headers['x-global'] = 'yes');
  AWS.events.on('sign', add);
  const { made } = request([[200, '{}']]);
  AWS.events.removeListener('sign', add);
  await made.promise();
  assert.match(made.httpRequest.headers.Authorization, /x-global/);
});

test('the first listener at the head, the last one behind', async () => {
  const { made } = request([[200, '{}']]);
  /** @type {string[]} */
  const order = [];
  made.on('build', () => order.push(`tail ${made.httpRequest.body}`)).on('build', () => order.push(`head ${made.httpRequest.body}`), true);
  await made.promise();
  assert.deepEqual(order, ['head ', 'tail {"arn":"a"}']);
});

test('a second send() sends nothing more', async () => {
  const { made, count } = request([[200, '{"channel":{}}']]);
  let calls = 0;
  made.send(() => calls++);
  made.send(() => calls++);
  await made.promise();
  await made.promise();
  await new Promise((resolve) => made.send(resolve));
  assert.deepEqual([count(), calls], [1, 2]);
});

test('build() signs and does not send; send() goes on from there', async () => {
  const { made, seen, count } = request([[200, '{"channel":{}}']]);
  await new Promise((resolve) => made.build(resolve));
  assert.match(made.httpRequest.headers.Authorization, /^AWS4-HMAC-SHA256 /);
  assert.deepEqual([count(), seen.at(-1)], [0, 'sign']);
  await made.promise();
  assert.equal(count(), 1);
  assert.equal(seen.filter((event) => event === 'sign').length, 1);
});

test('what is signed is the body that is sent, whoever changed it, and each time', async () => {
  for (const [event, toHead] of [['complete', true], ['build', false], ['afterBuild', true], ['afterBuild', false], ['sign', true]]) {
    const ivs = createIvs();
    /** @type {number[]} */
    const seen = [];
    const fetch = async (/** @type {string} */ url, /** @type {any} */ init) => {
      const answer = await ivs.fetch(url, init);
      assert.equal(init.headers['X-Amz-Content-Sha256'], createHash('sha256').update(init.body).digest('hex'));
      seen.push(answer.status);
      return seen.length === 1 ? new Response('{}', { status: 500 }) : answer;
    };
    const client = new AWS.IVS({ region: 'us-west-2', ...ivs.credentials, retryDelayOptions: { base: 1 }, fetch });
    const made = client.createChannel({ name: 'first' });
    let changes = 0;
    made.on(event, () => (made.httpRequest.body = `{"name":"own${++changes}","tags":{"a":"ä"}}`), toHead);
    const { channel } = await made.promise();
    assert.deepEqual([channel.name, seen], [event === 'complete' ? 'first' : `own${changes}`, [200, 200]], String(event));
  }
});

test('a throw in a callback is the application\'s own exception, and the other listeners run', () => {
  // In a process of its own: an uncaught exception ends this one's test.
  const program = `
    const { default: AWS } = await import(${JSON.stringify(own)});
    process.on('uncaughtException', (error) => console.log('uncaught', error.message));
    const ivs = new AWS.IVS({ region: 'us-west-2', accessKeyId: 'a', secretAccessKey: 'b', fetch: async () => new Response('{}') });
    const request = ivs.getChannel({ arn: 'a' });
    request.send(() => { throw new Error('mine'); });
    await request.promise();
    console.log('resolved');
    await new Promise((resolve) => setTimeout(resolve, 20));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  assert.deepEqual(stdout.trim().split('\n').sort(), ['resolved', 'uncaught mine']);
});

test('abort settles at once in every state, and sends nothing after it', async (t) => {
  for (const state of ['before', 'validate', 'build', 'afterBuild', 'sign', 'send', 'answer', 'retry', 'wait', 'credentials']) {
    await t.test(state, async () => {
      const options = state === 'wait' ? { retryDelayOptions: { customBackoff: () => 60_000 } }
        : state === 'credentials' ? { accessKeyId: undefined, secretAccessKey: undefined, credentials: { get() {} } } : {};
      const { made, count } = request(state === 'send' ? ['never'] : [[state === 'answer' ? 200 : 500, '{}']], options);
      const begun = performance.now();
      if (state === 'before') made.abort();
      else if (state === 'answer') made.on('httpHeaders', () => made.abort());
      else if (['send', 'wait', 'credentials'].includes(state)) setTimeout(() => made.abort(), 30);
      else made.on(state, () => made.abort());
      const error = await ended(made);
      assert.deepEqual([error?.code, error?.message, error?.retryable], ['RequestAbortedError', 'Request aborted by user', false]);
      assert.ok(performance.now() - begun < 2000);
      assert.ok(count() <= 1);
      if (['before', 'validate', 'build', 'afterBuild', 'sign', 'credentials'].includes(state)) assert.equal(count(), 0);
    });
  }
  const { made } = request([[200, '{}']]);
  await made.promise();
  made.abort();
  assert.equal(await ended(made), undefined);
});

test('apiCall and apiCallAttempt', async () => {
  const { made, ivs } = request([[500, '{}'], [200, '{}']]);
  /** @type {any[]} */
  const metrics = [];
  for (const event of ['apiCall', 'apiCallAttempt']) ivs.on(event, (/** @type {any} */ metric) => metrics.push(metric));
  await made.promise();
  assert.deepEqual(metrics.map(({ Type, Api, Service, AttemptCount, HttpStatusCode, FinalHttpStatusCode }) => [Type, Api, Service, AttemptCount, HttpStatusCode ?? FinalHttpStatusCode]),
    [['ApiCallAttempt', 'GetChannel', 'ivs', undefined, 500], ['ApiCallAttempt', 'GetChannel', 'ivs', undefined, 200], ['ApiCall', 'GetChannel', 'ivs', 2, 200]]);
});

test('a logger is told of odd parameters, too', async () => {
  /** @type {string[]} */
  const lines = [];
  const endless = /** @type {any} */ ({});
  endless.self = endless;
  for (const params of [{ arns: new Array(3) }, { arn: endless }, { arn: Symbol('s') }, [undefined, null]]) {
    const { made } = request([[200, '{}']], { logger: { log: (/** @type {string} */ line) => lines.push(line) } });
    made.params = params;
    await ended(made);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(lines.length, 4);
});

test('as in Chromium: no code can be read where CORS hides the header, and the text can', async () => {
  const { made } = request([[404, '{"exceptionMessage":"no such channel"}']]);
  const error = await ended(made);
  assert.deepEqual([error.code, error.message, error.requestId], ['UnknownError', 'no such channel', undefined]);
});
