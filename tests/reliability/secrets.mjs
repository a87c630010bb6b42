// @ts-check
// Canaries: values that must be seen nowhere but on the wire. Errors, logs, everything that prints, and the strings that a live
// error holds on to are searched for them.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { ARN, REGION, load, outcome, project } from './library.mjs';

const CANARIES = {
  'secret key': 'CANARY/secret+key',
  'session token': 'CANARY/session+token==',
  'stream key': 'sk_us-west-2_CANARYstreamkey',
  passphrase: 'CANARYpassphrase',
  metadata: 'CANARYmetadata',
};
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: CANARIES['secret key'], sessionToken: CANARIES['session token'] };
/** A signature on its way is as good as a key for minutes. */
const AUTHORIZATION = /Signature=[0-9a-f]{64}|AWS4-HMAC-SHA256 Credential/;

/** @type {string[]} */
const logged = [];
for (const name of /** @type {const} */ (['log', 'info', 'warn', 'error', 'debug', 'trace'])) {
  const print = console[name].bind(console);
  console[name] = (...args) => {
    logged.push(args.map((arg) => inspect(arg, { depth: 9, showHidden: true })).join(' '));
    if (name === 'log') print(...args);
  };
}

/** All texts that can be reached from a value: own members, hidden ones, prototypes' getters left alone. @param {unknown} root */
function reachable(root) {
  const texts = new Set(), seen = new Set(), left = [root];
  while (left.length) {
    const value = left.pop();
    if (typeof value === 'string') texts.add(value);
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key === 'string') texts.add(key);
      const property = Reflect.getOwnPropertyDescriptor(value, key);
      if (property && 'value' in property) left.push(property.value);
    }
    if (value instanceof Map || value instanceof Set) left.push([...value]);
  }
  return [...texts];
}

/** @param {string} where @param {unknown} value */
function search(where, value) {
  const shown = [String(value), inspect(value), inspect(value, { depth: Infinity, showHidden: true, getters: false }), ...reachable(value)];
  try {
    shown.push(JSON.stringify(value) ?? '');
  } catch { /* cycles */ }
  for (const text of shown) {
    for (const [name, canary] of Object.entries(CANARIES)) assert.ok(!text.includes(canary), `${where} shows the ${name}: ${text.slice(0, 300)}`);
    assert.ok(!AUTHORIZATION.test(text), `${where} shows a signature: ${text.slice(0, 300)}`);
  }
  return shown.length;
}

await runMain(async () => {
  const { check, finish } = checks('Secrets');
  const { IVS, IVSError } = await load(await project());
  const json = (/** @type {number} */ status, /** @type {unknown} */ body, headers = {}) => async () => new Response(JSON.stringify(body), { status, headers });
  // Secrets that an answer carries are the caller's, in the result alone.
  const answers = { streamKey: { arn: ARN, value: CANARIES['stream key'] }, channel: { srt: { passphrase: CANARIES.passphrase } } };
  /** @type {Record<string, any>} */
  const endings = {
    success: json(200, {}), 'secret answer': json(200, answers), 'half a secret answer': async () => new Response(JSON.stringify(answers).slice(0, -1)), 'bad request': json(400, { __type: 'ValidationException', exceptionMessage: 'no' }), forbidden: json(403, { message: 'The security token included in the request is expired' }, { 'x-amzn-errortype': 'ExpiredTokenException' }),
    'wrong signature': json(403, { message: 'The request signature we calculated does not match' }, { 'x-amzn-errortype': 'InvalidSignatureException' }), throttled: json(429, {}), broken: json(500, {}),
    redirect: async () => new Response('', { status: 302, headers: { location: 'http://elsewhere.example/' } }), html: async () => new Response('<html>'), 'html error': async () => new Response('<html>', { status: 502 }),
    reset: async () => { throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') }); }, 'no response': async () => undefined, hang: () => new Promise(() => {}),
  };
  /** @type {[string, any][]} */
  const operations = [
    ['getStreamKey', { arn: ARN }], ['putMetadata', { channelArn: ARN, metadata: CANARIES.metadata }], ['listChannels', {}],
    // Refused before they are sent: the error names the place, not the value.
    ['putMetadata', { channelArn: 7, metadata: CANARIES.metadata }], ['putMetadata', { metadata: CANARIES.metadata }],
    ['putMetadata', CANARIES.metadata], ['putMetadata', [{ channelArn: ARN, metadata: CANARIES.metadata }]],
    ['getChannel', { arn: ARN, other: CANARIES['stream key'] }], ['listChannels', { passphrase: CANARIES.passphrase }],
  ];
  const logger = { log: (/** @type {any[]} */ ...args) => logged.push(inspect(args, { depth: 9 })), info() {}, warn: (/** @type {any[]} */ ...args) => logged.push(inspect(args)), error() {}, debug() {} };

  await check('no error, result, client or log shows a secret', async () => {
    let errors = 0, texts = 0;
    for (const [ending, fetch] of Object.entries(endings)) {
      for (const [operation, params] of operations) {
        for (const provided of [credentials, async () => ({ ...credentials, expiration: new Date(Date.now() + 1e6) })]) {
          const ivs = new IVS({ region: REGION, credentials: provided, fetch, logger, maxAttempts: 2, retryDelayOptions: { base: 1 }, httpOptions: { timeout: 20 } });
          const { error, value } = await outcome(ivs[operation](params), 5000);
          if (error) {
            errors++;
            assert.ok(error instanceof IVSError, `${ending}: ${error}`);
            texts += search(`${operation}, ${ending}: the error`, error);
          } else if (ending !== 'secret answer') search(`${operation}, ${ending}: the result`, value);
          texts += search(`${operation}, ${ending}: the client`, ivs);
        }
      }
    }
    texts += logged.length;
    for (const line of logged) search('a log line', line);
    console.log(`        ${errors} errors and ${texts} texts searched for ${Object.keys(CANARIES).length + 1} canaries: 0 hits`);
    assert.ok(errors > 100);
  });

  await check('nor do errors of credentials', async () => {
    const sources = [{ ...credentials, accessKeyId: '' }, { ...credentials, accessKeyId: undefined }, { ...credentials, sessionToken: `${CANARIES['session token']}\r\nx: y` }, async () => ({ ...credentials, accessKeyId: 'a b' }), { ...credentials, secretAccessKey: '' }];
    for (const source of sources) {
      const { error } = await outcome(new IVS({ region: REGION, credentials: source, fetch: endings.success }).getChannel({ arn: ARN }), 1000);
      assert.equal(error.code, 'CredentialsError');
      search('the error', error);
    }
    const flat = new IVS({ region: REGION, ...credentials, fetch: endings.forbidden, secretAcessKey: CANARIES['secret key'] });
    search('the error', (await outcome(flat.getChannel({ arn: ARN }), 1000)).error);
    search('the client', flat);
    for (const line of logged) search('a log line', line);
  });

  await check('the search finds what is there', () => {
    for (const value of [{ a: [{ b: CANARIES.metadata }] }, Object.assign(new Error('x'), { cause: { deep: CANARIES.passphrase } }), new Map([[1, CANARIES['secret key']]]), Object.defineProperty({}, 'hidden', { value: CANARIES['stream key'] })]) {
      assert.throws(() => search('it', value), /shows the/);
    }
    assert.throws(() => search('it', `AWS4-HMAC-SHA256 Credential=x`), /signature/);
  });

  await check('new credentials are used at once, and the old key is not', async () => {
    const keys = [{ accessKeyId: 'AKIDONE', secretAccessKey: 'one' }, { accessKeyId: 'AKIDTWO', secretAccessKey: 'two' }];
    let turn = 0;
    /** @type {string[]} */
    const seen = [];
    const ivs = new IVS({
      region: REGION, credentials: async () => ({ ...keys[turn], expiration: new Date(Date.now() + 1000) }), maxAttempts: 1,
      fetch: async (/** @type {string} */ _, /** @type {any} */ init) => { seen.push(init.headers.authorization); return new Response('{}'); },
    });
    await ivs.getChannel({ arn: ARN });
    turn = 1;
    await ivs.getChannel({ arn: ARN });
    assert.ok(seen[0].includes('AKIDONE') && seen[1].includes('AKIDTWO'));
    assert.notEqual(seen[0].split('Signature=')[1], seen[1].split('Signature=')[1]);
  });
  return finish();
});
