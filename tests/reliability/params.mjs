// @ts-check
// Hostile parameters and options: a clear error or a correct request, never a trap, and no other call drawn in.
import assert from 'node:assert/strict';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { ARN, CREDENTIALS, REGION, load, outcome, project, word } from './library.mjs';

await runMain(async () => {
  const { check, finish } = checks('Hostile parameters');
  const { IVS, IVSError } = await load(await project());
  /** @type {string[]} */
  let sent = [];
  const fetch = async (/** @type {string} */ _, /** @type {RequestInit} */ init) => {
    sent.push(String(init.body));
    return new Response('{}');
  };
  const base = { region: REGION, credentials: CREDENTIALS, maxRetries: 0, fetch };
  const ivs = new IVS(base);
  const told = async (/** @type {any} */ params, operation = 'getChannel', /** @type {any} */ options = undefined, client = ivs) => {
    sent = [];
    return outcome(client[operation](params, options), 20_000);
  };
  /** Rejected before anything was sent, with a code of ours other than InternalError. */
  const refused = async (/** @type {Promise<any>} */ call, /** @type {string} */ name) => {
    const result = await call;
    const code = word(result, IVSError);
    assert.ok(/Parameter|Validation|ConfigError|RequestAborted|UriParameter/.test(code), `${name}: ${code}`);
    assert.equal(sent.length, 0, name);
    assert.ok(result.error.message.length < 200_000, `${name}: a message of ${result.error.message.length} characters`);
    return result.error;
  };
  // A call that is under way all the time: whatever the others do, it is not lost.
  let release = () => {};
  const witness = new IVS({ ...base, fetch: () => new Promise((resolve) => (release = () => resolve(new Response('{"channel":{"name":"witness"}}')))) }).getChannel({ arn: ARN });

  await check('getters and proxies that throw', async () => {
    const boom = () => { throw new Error('boom'); };
    const error = await refused(told({ get arn() { return boom(); } }), 'getter');
    assert.match(error.message, /boom/);
    assert.equal(error.cause.message, 'boom');
    const handlers = ['get', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf', 'has'];
    for (const trap of handlers) {
      const params = new Proxy({ arn: ARN }, { [trap]: boom });
      const code = word(await told(params), IVSError);
      assert.ok(code === 'InvalidParameterType' || code === 'ok', `${trap}: ${code}`);
      const inside = word(await told({ arn: params }), IVSError);
      assert.equal(inside, 'InvalidParameterType', `${trap} inside: ${inside}`);
      const options = word(await told({ arn: ARN }, 'getChannel', params), IVSError);
      assert.ok(['ok', 'ConfigError'].includes(options), `${trap} as options: ${options}`);
    }
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const params of [proxy, { arn: proxy }]) await refused(told(params), 'revoked');
    assert.ok(['ok', 'ConfigError'].includes(word(await told({ arn: ARN }, 'getChannel', proxy), IVSError)), 'revoked options');
    for (const odd of [{ toJSON: boom }, { arn: { toJSON: boom } }, { arn: { [Symbol.toPrimitive]: boom } }, { arn: { valueOf: boom, toString: boom } }]) {
      const code = word(await told(odd), IVSError);
      assert.ok(/Parameter|MultipleValidation/.test(code), code);
    }
    assert.equal(word(await told({ arn: ARN }, 'getChannel', { signal: { get aborted() { return boom(); } } }), IVSError), 'ConfigError', 'signal');
    assert.ok(['ok', 'ConfigError'].includes(word(await told({ arn: ARN }, 'getChannel', { signal: {} }), IVSError)), 'signal that is none');
    assert.ok(['ok', 'ConfigError'].includes(word(await told({ arn: ARN }, 'getChannel', { get timeout() { return boom(); } }), IVSError)), 'timeout');
  });

  await check('values that change between two looks', async () => {
    let looks = 0;
    const values = [ARN, 7, undefined, null, {}, [], Symbol('x'), () => {}, 1n, new Date(NaN), ARN];
    const result = await told({ get arn() { return values[looks++ % values.length]; } });
    assert.ok('value' in result || result.error instanceof IVSError);
    if (sent.length) JSON.parse(sent[0]);
  });

  await check('cycles and depth', async () => {
    /** @type {any} */
    const cycle = { arn: ARN };
    cycle.self = cycle;
    await refused(told(cycle), 'cycle');
    for (const depth of [62, 65, 1000, 100_000]) {
      /** @type {any} */
      let params = 'end', list = [];
      for (let i = 0; i < depth; i++) [params, list] = [{ a: params }, [list]];
      await refused(told(params), `objects ${depth} deep`);
      await refused(told({ arn: list }), `arrays ${depth} deep`);
    }
  });

  await check('10^6 elements', async () => {
    const arns = Array.from({ length: 1_000_000 }, () => ARN);
    assert.equal(word(await told({ arns }, 'batchGetChannel'), IVSError), 'ok');
    assert.equal(JSON.parse(sent[0]).arns.length, 1_000_000);
    const error = await refused(told({ arns: arns.map((_, i) => i) }, 'batchGetChannel'), 'numbers');
    assert.equal(error.code, 'MultipleValidationErrors');
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i]));
    await refused(told(wide), 'unknown members');
    await refused(told({ arns: Array(100_000) }, 'batchGetChannel').then(async (result) => (word(result, IVSError) === 'ok' ? { error: Object.assign(new IVSError('sent as nothing', { code: 'InvalidParameterType' })) } : result)).finally(() => (sent = [])), 'holes');
  });

  await check('50 MB of text', async () => {
    const metadata = 'é'.repeat(25_000_000);
    assert.equal(word(await told({ channelArn: ARN, metadata }, 'putMetadata'), IVSError), 'ok');
    assert.equal(sent[0].length, JSON.stringify({ channelArn: ARN, metadata }).length);
    assert.equal(word(await told({ arn: 'x'.repeat(50_000_000) }), IVSError), 'ok');
    assert.equal(word(await told({ resourceArn: 'x/'.repeat(1_000_000) }, 'listTagsForResource'), IVSError), 'ok');
  });

  await check('lone surrogates, NUL, marks and other odd texts arrive as JSON says them', async () => {
    for (const metadata of ['\ud83d', '\udc00x', 'a\u0000b', '\u0001', '\u0001u', '\u0001\u0001', '\u2028\u2029', '\u202e', '\ufeff', '\\u0001', '"\\', '\u007f']) {
      for (const plain of [true, false]) {
        const params = { channelArn: ARN, metadata, ...(plain ? {} : { nothing: undefined }) };
        assert.equal(word(await told(params, 'putMetadata'), IVSError), 'ok', JSON.stringify(metadata));
        assert.deepEqual(JSON.parse(sent[0]), { channelArn: ARN, metadata });
      }
    }
    for (const key of ['__proto__', 'constructor', 'toString', '\u0001k', '', '\ud83d']) {
      const tags = JSON.parse(`{${JSON.stringify(key)}:"v"}`);
      assert.equal(word(await told({ resourceArn: ARN, tags }, 'tagResource'), IVSError), 'ok', key);
      assert.equal(sent[0], JSON.stringify({ tags }), key);
    }
  });

  await check('things in place of parameters', async () => {
    for (const odd of [7, 'text', true, Symbol('x'), 1n, [], () => {}, new Date(), new Map([['arn', ARN]]), /x/, new Error('x'), globalThis, Promise.resolve(), new Uint8Array(10), new (class { arn = ARN; })()]) {
      const result = await told(odd).catch((error) => ({ error }));
      const code = word(result, IVSError);
      assert.ok(code === 'ok' || /Parameter|MultipleValidation/.test(code), `${String(odd)}: ${code}`);
    }
  });

  await check('parameters of the client that cannot be read are told, and none of them is forgotten', async () => {
    const cycle = /** @type {any} */ ({ filterByName: 'mine' });
    cycle.self = cycle;
    for (const params of [{ filterByName: 'mine', maxResults: 5n }, { filterByName: 'mine', get maxResults() { throw new Error('boom'); } }, cycle]) {
      assert.equal(word(await told({}, 'listChannels', undefined, new IVS({ ...base, params })), IVSError), 'ConfigError');
      assert.deepEqual(sent, []);
    }
    assert.equal(word(await told({}, 'listChannels', undefined, new IVS({ ...base, params: { filterByName: 'mine' } })), IVSError), 'ok');
    assert.equal(sent[0], '{"filterByName":"mine"}');
  });

  await check('odd credentials are told, and hold nothing else up', async () => {
    const boom = () => { throw new Error('boom'); };
    const sources = [null, 7, 'text', {}, [], () => {}, async () => null, async () => 7, boom, async () => boom(), () => ({ get accessKeyId() { return boom(); } }),
      { get accessKeyId() { return boom(); } }, { get: boom }, { get: (/** @type {any} */ cb) => cb('no') }, { get: (/** @type {any} */ cb) => { cb(); cb(new Error('again')); } },
      async () => ({ ...CREDENTIALS, expiration: Symbol('x') }), async () => ({ ...CREDENTIALS, expiration: { valueOf: boom } }), async () => ({ ...CREDENTIALS, expiration: 'never' }),
      { ...CREDENTIALS, sessionToken: 'a\r\nb' }, { ...CREDENTIALS, accessKeyId: 'é' }, { accessKeyId: 7, secretAccessKey: {} }];
    for (const [i, credentials] of sources.entries()) {
      let client;
      try {
        client = new IVS({ ...base, credentials });
      } catch (error) {
        assert.fail(`source ${i}: the constructor threw ${error}`);
      }
      const code = word(await told({ arn: ARN }, 'getChannel', undefined, client), IVSError);
      assert.ok(['CredentialsError', 'ConfigError', 'ok'].includes(code), `source ${i}: ${code}`);
    }
  });

  await check('the call that was under way all the time is unharmed', async () => {
    release();
    assert.equal((await outcome(witness, 1000)).value?.channel.name, 'witness');
  });
  return finish();
});
