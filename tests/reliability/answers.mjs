// @ts-check
// Hostile answers as JavaScript sees them: prototypes untouched, reserved fields of errors never overridden, transports
// that are none told as such. The core alone is fuzzed in tests/fuzz; here the answers pass the glue and become objects.
//   HOSTILE_ANSWERS=1000000 node tests/reliability/answers.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { ARN, CREDENTIALS, REGION, count, load, outcome, project, word } from './library.mjs';

const ANSWERS = count('HOSTILE_ANSWERS', 20_000);
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'then', 'toJSON', 'name', 'message', 'stack',
  'code', 'cause', 'time', 'statusCode', 'requestId', 'retryable', 'retryDelay', 'region', 'hostname', 'hint', 'errors', 'originalError',
  '$metadata', '__type', 'inspect', 'arn', 'channel', 'tags', 'isPrototypeOf', '__defineGetter__', '__lookupGetter__', 'Symbol.iterator'];

const json = (/** @type {unknown} */ body, init = {}) => new Response(typeof body === 'string' ? body : JSON.stringify(body), init);
let seed = 20260102;
const below = (/** @type {number} */ n) => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 8) % n;
const bytes = (/** @type {number[]} */ ...list) => new Uint8Array(list);

/** What an application relies on, as text; any change shows. */
function intrinsics() {
  const of = [Object, Array, Function, String, Number, Boolean, Date, Error, Promise, Map, Set, RegExp];
  return JSON.stringify(of.map((one) => [one.name, Object.getOwnPropertyNames(one.prototype).sort(), Object.getOwnPropertyNames(one).sort()]));
}

await runMain(async () => {
  const { check, finish } = checks('Hostile answers');
  const { IVS, IVSError } = await load(await project());
  const base = { region: REGION, credentials: CREDENTIALS, maxRetries: 0 };
  /** @param {any} fetch @param {object} [more] */
  const call = (fetch, more, operation = 'getChannel') => outcome(new IVS({ ...base, fetch, ...more })[operation]({ arn: ARN }), 3000);
  await call(async () => json({}));
  const before = intrinsics();

  await check('members named like parts of a prototype stay members', async () => {
    const tags = '{"__proto__":"x","constructor":"y","toString":"z","hasOwnProperty":"w"}';
    const { value } = await call(async () => json(`{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"channel":{"arn":"a","__proto__":{"polluted":1},"tags":${tags}}}`));
    assert.deepEqual(Object.keys(value), ['channel']);
    assert.equal(JSON.stringify(value.channel.tags), tags);
    assert.equal(Object.getPrototypeOf(value.channel.tags), Object.prototype);
    assert.equal(/** @type {any} */ ({}).polluted, undefined);
  });

  await check('reserved fields of an error are the client\'s, whatever the body says', async () => {
    for (const name of NAMES) {
      const body = `{"__type":"ValidationException","exceptionMessage":"text",${JSON.stringify(name)}:{"lie":true}}`;
      const { error } = await call(async () => json(body, { status: 400, headers: { 'x-amzn-requestid': 'rid' } }));
      for (const kind of [IVSError, Error]) assert.ok(error instanceof kind, name);
      if (name === '__type' || name === 'code' || name === 'message') continue; // members that IVS itself uses: below
      assert.deepEqual([error.code, error.name, error.message], ['ValidationException', 'ValidationException', 'text'], name);
      assert.deepEqual([error.statusCode, error.requestId, error.retryable, error.region, error.hostname], [400, 'rid', false, REGION, `ivs.${REGION}.amazonaws.com`], name);
      assert.ok(error.time instanceof Date && typeof error.stack === 'string' && error.$metadata.attempts === 1, name);
      assert.match(`${error}`, /^ValidationException: text/, name);
      assert.ok(!Object.keys(error).includes(name) || ['requestId', 'statusCode', 'retryable', 'retryDelay', 'region', 'hostname', 'time', 'code'].includes(name), name);
    }
    for (const body of ['{"code":{"lie":1},"message":{"lie":1}}', '{"__type":["x"],"message":null}', '{"__type":"__proto__"}', '{"__type":"constructor"}', '{"__type":"toString"}']) {
      const { error } = await call(async () => json(body, { status: 400 }));
      assert.ok(error instanceof IVSError && typeof error.code === 'string' && typeof error.message === 'string', body);
    }
  });

  await check('odd texts: duplicate keys, lone surrogates, huge numbers, bytes that are no UTF-8', async () => {
    assert.equal((await call(async () => json('{"channel":{"name":"a"},"channel":{"name":"b"}}'))).value.channel.name, 'b');
    assert.equal((await call(async () => json('{"channel":{"name":"\\ud83d"}}'))).value.channel.name, '\ud83d');
    assert.equal((await call(async () => json('{"channel":{"name":1e400}}'))).value.channel.name, 'Infinity');
    const broken = new Uint8Array([...new TextEncoder().encode('{"channel":{"name":"'), 0xff, 0xfe, 0xc0, 0xaf, 0xed, 0xa0, 0x80, ...new TextEncoder().encode('"}}')]);
    const { value } = await call(async () => new Response(broken));
    assert.ok(value.channel.name.length > 0 && [...value.channel.name].every((c) => c === '\ufffd'));
    assert.equal(word(await call(async () => new Response(bytes(0xff, 0xfe, 0x7b, 0, 0x7d, 0))), IVSError), 'SyntaxError');
    assert.equal(word(await call(async () => json(`{"a":${'['.repeat(64)}${']'.repeat(64)}}`)), IVSError), 'SyntaxError', 'depth 65');
    assert.equal(word(await call(async () => json(`{"a":${'['.repeat(100_000)}`)), IVSError), 'SyntaxError', 'depth 100,000');
    assert.equal(word(await call(async () => json(`{"a":${'['.repeat(63)}${']'.repeat(63)}}`)), IVSError), 'ok', 'depth 64');
  });

  await check('answers of more than 6 MiB', async () => {
    const most = 6 * 1024 * 1024;
    const of = (/** @type {number} */ length) => '{"x":"'.padEnd(length - 2, 'y') + '"}';
    assert.equal(word(await call(async () => json(of(most))), IVSError), 'ok');
    assert.equal(word(await call(async () => json(of(most + 1))), IVSError), 'ResponseTooLarge');
    const liar = { headers: { 'content-length': '10' } };
    let pulled = 0;
    const endless = () => new ReadableStream({ pull(controller) { pulled += 65536; controller.enqueue(new Uint8Array(65536).fill(32)); } });
    assert.equal(word(await call(async () => new Response(endless())), IVSError), 'ResponseTooLarge');
    assert.ok(pulled < 2 * most, `${pulled} bytes were read`);
    const lied = await call(async () => json(of(most + 1), liar));
    assert.equal(word(lied, IVSError), 'ResponseTooLarge', 'a body longer than it says');
    // The error does not hold what was too much to hold; it may be somebody's secret, too.
    assert.equal(lied.error.cause, undefined);
    pulled = 0;
    const packed = { headers: { 'content-length': '10', 'content-encoding': 'gzip' } };
    assert.equal(word(await call(async () => new Response(endless(), packed)), IVSError), 'ResponseTooLarge', 'a length of what travels');
    assert.ok(pulled < 2 * most, `${pulled} bytes were read`);
  });

  await check('an answer longer than it says is not read without end', async () => {
    // As a compressed one is: Content-Length counts what travels.
    for (const announced of ['70000', '6000000', 'many']) {
      let cancelled = false;
      const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1 << 20).fill(32)), cancel: () => void (cancelled = true) });
      const result = await call(async () => new Response(endless, { headers: { 'content-length': announced } }));
      assert.equal(word(result, IVSError), 'ResponseTooLarge', announced);
      assert.ok(cancelled, announced);
    }
  });

  await check('where the body explains nothing, the text of the status does', async () => {
    for (const [statusText, message] of [['Bad Gateway', 'Bad Gateway'], ['', 'The service answered with status 502, and no text']]) {
      const { error } = await call(async () => new Response('<html>', { status: 502, statusText }));
      assert.deepEqual([error.code, error.message], ['UnknownError', message]);
    }
  });

  await check('raw answers (convertResponseTypes: false) are results or errors of ours', async () => {
    const raw = { convertResponseTypes: false };
    for (const body of ['null', '7', '"text"', '[1]', 'true', '{"channel":7}', '']) {
      assert.equal(word(await call(async () => json(body), raw), IVSError), 'ok', body);
    }
    for (const body of ['{', '<html>', '\u0000', '{"a":1}}']) assert.equal(word(await call(async () => json(body), raw), IVSError), 'SyntaxError', body);
    for (const body of ['{"streams":7}', '{"streams":{"a":1}}', '{"streams":[7,null,{"startTime":{}}]}', '{"streams":"text"}']) {
      assert.equal(word(await outcome(new IVS({ ...base, ...raw, fetch: async () => json(body) }).listStreams({}), 3000), IVSError), 'ok', body);
    }
  });

  await check('transports that are none', async () => {
    const transports = {
      undefined: async () => undefined, null: async () => null, text: async () => 'body', number: () => 7, empty: () => ({}),
      throws: () => { throw new Error('no'); }, 'throws nothing': () => { throw undefined; }, 'rejects with null': () => Promise.reject(null),
      'rejects with text': () => Promise.reject('text'), thenable: () => ({ then: (/** @type {any} */ resolve) => resolve(7) }),
      'thenable that throws': () => ({ then() { throw new Error('x'); } }), 'hostile error': () => Promise.reject({ get message() { throw new Error('x'); } }),
      'no headers': async () => ({ status: 200, text: async () => '{}' }), 'headers of another kind': async () => ({ status: 200, headers: {}, text: async () => '{}' }),
      'text at once': async () => ({ status: 200, headers: new Headers(), text: () => '{}' }), 'text of another kind': async () => ({ status: 200, headers: new Headers(), text: async () => 7 }),
      'no text': async () => ({ status: 200, headers: new Headers() }), 'status of another kind': async () => ({ status: 'two', headers: new Headers(), text: async () => '{}' }),
      'getters that throw': async () => ({ get status() { throw new Error('x'); }, headers: new Headers(), text: async () => '{}' }),
      'a proxy that throws': async () => new Proxy({}, { get(_, key) { if (key === 'then') return undefined; throw new Error('x'); } }),
      'a body of texts': async () => new Response(new ReadableStream({ start(c) { c.enqueue('{}'); c.close(); } })),
      'a body that breaks': async () => new Response(new ReadableStream({ start(c) { c.error(new Error('x')); } })),
      'a body that was read': async () => { const response = json({}); await response.text(); return response; },
      'a locked body': async () => { const response = json({}); response.body?.getReader(); return response; },
    };
    let release = () => {};
    const other = new IVS({ ...base, fetch: () => new Promise((resolve) => (release = () => resolve(json({})))) }).getChannel({ arn: ARN });
    for (const [name, fetch] of Object.entries(transports)) {
      const told = word(await call(fetch), IVSError);
      assert.ok(['ok', 'NetworkingError', 'UnknownError', 'ConfigError'].includes(told), `${name}: ${told}`);
    }
    release();
    assert.equal(word(await outcome(other, 1000), IVSError), 'ok', 'another call is not drawn in');
  });

  await check(`${ANSWERS} spoiled answers: results or errors of ours`, async () => {
    const corpus = readFileSync(new URL('../fuzz/corpus/answers.txt', import.meta.url), 'utf8').split('\n').filter(Boolean);
    let body = '', status = 200;
    const ivs = new IVS({ ...base, fetch: async () => json(body, { status, headers: { 'x-amzn-errortype': body.replace(/[^\x20-\x7e]/g, '').slice(0, 30) } }) });
    const told = new Map();
    const operations = ['getChannel', 'listChannels', 'listStreams', 'getStreamSession', 'listTagsForResource', 'getStream'];
    for (let i = 0; i < ANSWERS; i++) {
      body = corpus[below(corpus.length)];
      for (let n = below(4); n > 0; n--) {
        const at = below(body.length + 1), to = at + below(10);
        const other = corpus[below(corpus.length)];
        body = body.slice(0, at) + ['', NAMES[below(NAMES.length)], other.slice(below(other.length)), String.fromCharCode(below(65536)), '"', '\\', '{', ']'][below(8)] + body.slice(to);
      }
      status = [200, 200, 400, 403, 500][below(5)];
      const params = { arn: ARN, resourceArn: ARN, channelArn: ARN };
      const name = operations[below(operations.length)];
      const accepted = { getChannel: ['arn'], listTagsForResource: ['resourceArn'], getStreamSession: ['channelArn'], getStream: ['channelArn'] }[name] ?? [];
      const result = await outcome(ivs[name](Object.fromEntries(accepted.map((key) => [key, params[key]]))), 3000);
      const one = result.error && result.error instanceof IVSError ? (['SyntaxError', 'TimestampParserError', 'InternalError'].includes(result.error.code) ? result.error.code : 'service error') : word(result, IVSError);
      told.set(one, (told.get(one) ?? 0) + 1);
    }
    console.log(`        ${JSON.stringify(Object.fromEntries(told))}`);
    assert.deepEqual([...told.keys()].filter((one) => !['ok', 'SyntaxError', 'TimestampParserError', 'service error'].includes(one)), []);
  });

  await check('the intrinsics are what they were', () => {
    assert.equal(intrinsics(), before);
    assert.deepEqual(Object.keys({}), []);
  });
  return finish();
});
