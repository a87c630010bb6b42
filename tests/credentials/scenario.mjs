// The providers of ivs-wasm/credentials with services in memory, in whatever runtime this is.
import { IVS } from 'ivs-wasm';
import { fromCache, fromCognitoIdentityPool, fromEnv, fromHttp, fromTemporaryCredentials, fromWebToken } from 'ivs-wasm/credentials';
import { EXPIRATION, fine, json, jsonRefusal, poolKeys, sts, stsRefusal } from './answers.mjs';

/** @param {unknown} value @param {unknown} wanted @param {string} what */
function equal(value, wanted, what) {
  if (JSON.stringify(value) !== JSON.stringify(wanted)) throw new Error(`${what}: ${JSON.stringify(value)} instead of ${JSON.stringify(wanted)}`);
}

const ROLE = 'arn:aws:iam::123456789012:role/r';
const MASTER = { accessKeyId: 'AKIDMASTER', secretAccessKey: 'mastersecret' };
const STS = { accessKeyId: 'ASIASTS', secretAccessKey: 'sts/secret+&<', sessionToken: 'sts//token==', expiration: new Date(EXPIRATION) };
const POOL = { accessKeyId: 'ASIAPOOL', secretAccessKey: 'pool/secret', sessionToken: 'pool//token==', expiration: new Date(2_000_000_000_500) };

/** Services in memory. What is asked is made a Request first, so that the runtime can refuse it. @param {(action: string, times: number) => any} [script] */
function world(script = () => undefined) {
  const seen = [];
  const fetch = async (url, init) => {
    const request = new Request(url, init);
    const body = await request.text();
    const target = request.headers.get('x-amz-target');
    const action = target?.split('.')[1] ?? new URLSearchParams(body).get('Action') ?? new URL(url).pathname;
    const params = target || !body ? body : Object.fromEntries(new URLSearchParams(body));
    seen.push({ action, params, host: new URL(url).host, headers: request.headers, method: request.method });
    const answer = script(action, seen.filter((one) => one.action === action).length) ?? fine(action);
    if (answer === 'never') return new Promise(() => {});
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
  return { seen, fetch, actions: () => seen.map(({ action }) => action) };
}

/** @param {Promise<any>} promise */
const refused = (promise) => promise.then((value) => { throw new Error(`it was given ${JSON.stringify(value)}`); }, (error) => [error.code, error.message]);

/** @type {Record<string, () => Promise<void>>} */
const cases = {
  async 'a web token'() {
    const { fetch, seen } = world();
    equal(await fromWebToken({ roleArn: ROLE, webIdentityToken: 'a.b.c', fetch })(), STS, 'keys');
    equal([seen[0].host, seen[0].headers.get('authorization')], ['sts.amazonaws.com', null], 'where');
    equal(seen[0].params, { Action: 'AssumeRoleWithWebIdentity', RoleArn: ROLE, RoleSessionName: 'ivs-wasm', Version: '2011-06-15', WebIdentityToken: 'a.b.c' }, 'what');
  },

  async 'a web token that a function gives, with everything, in a region'() {
    const { fetch, seen } = world();
    const options = { roleArn: ROLE, webIdentityToken: async () => 't', roleSessionName: 'n', providerId: 'p', policy: '{}', policyArns: [{ arn: 'a' }], durationSeconds: 900, region: 'eu-west-1', fetch };
    await fromWebToken(options)();
    equal([seen[0].host, seen[0].params['PolicyArns.member.1.arn'], seen[0].params.DurationSeconds], ['sts.eu-west-1.amazonaws.com', 'a', '900'], 'what');
  },

  async 'a web token that is refused, and one that has expired'() {
    for (const code of ['AccessDenied', 'ExpiredTokenException']) {
      const { fetch, actions } = world(() => stsRefusal(400, code, 'no'));
      equal(await refused(fromWebToken({ roleArn: ROLE, webIdentityToken: 't', fetch })()), [code, 'no'], 'error');
      equal(actions().length, 1, 'calls');
    }
  },

  async 'a service that is ill, and gets well'() {
    const { fetch, actions } = world((_, times) => (times < 3 ? { status: 503, body: '' } : undefined));
    equal((await fromWebToken({ roleArn: ROLE, webIdentityToken: 't', fetch })()).accessKeyId, 'ASIASTS', 'keys');
    equal(actions().length, 3, 'calls');
    const ill = world(() => ({ status: 503, body: '' }));
    equal((await refused(fromWebToken({ roleArn: ROLE, webIdentityToken: 't', fetch: ill.fetch, maxRetries: 1 })()))[0], 'UnknownError', 'error');
    equal(ill.actions().length, 2, 'calls with one retry');
  },

  async 'a service that never answers'() {
    const { fetch } = world(() => 'never');
    equal((await refused(fromWebToken({ roleArn: ROLE, webIdentityToken: 't', fetch, timeout: 30, maxRetries: 0 })()))[0], 'TimeoutError', 'STS');
    equal((await refused(fromCognitoIdentityPool({ identityPoolId: 'us-west-2:p', fetch, timeout: 30, maxRetries: 0 })()))[0], 'TimeoutError', 'Cognito');
    equal((await refused(fromHttp({ url: 'https://keys.example/k', fetch, timeout: 30 })()))[0], 'CredentialsError', 'a server');
  },

  async 'a role by other keys'() {
    const { fetch, seen } = world();
    const masterCredentials = async () => ({ ...MASTER, sessionToken: 'token' });
    equal(await fromTemporaryCredentials({ params: { RoleArn: ROLE, Unknown: undefined }, masterCredentials, fetch })(), STS, 'keys');
    equal([seen[0].action, seen[0].params.RoleSessionName, seen[0].headers.get('x-amz-security-token')], ['AssumeRole', 'ivs-wasm', 'token'], 'what');
    equal(/\/us-east-1\/sts\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,/.test(seen[0].headers.get('authorization')), true, 'signature');
  },

  async 'a session, and a role with a second factor'() {
    const { fetch, seen } = world();
    await fromTemporaryCredentials({ masterCredentials: MASTER, params: { DurationSeconds: 900 }, fetch })();
    await fromTemporaryCredentials({ masterCredentials: MASTER, params: { RoleArn: ROLE, SerialNumber: 's' }, mfaCodeProvider: async (serial) => `code of ${serial}`, fetch })();
    equal(seen.map(({ action, params }) => [action, params.TokenCode]), [['GetSessionToken', undefined], ['AssumeRole', 'code of s']], 'calls');
    const missing = await refused(fromTemporaryCredentials({ masterCredentials: MASTER, params: { SerialNumber: 's' }, fetch })());
    equal(missing, ['CredentialsError', 'mfaCodeProvider must be a function when params.SerialNumber is given'], 'no function');
    equal((await refused(fromTemporaryCredentials({ params: { RoleArn: ROLE }, fetch })()))[0], 'CredentialsError', 'no master');
    equal(seen.length, 2, 'nothing more is sent');
  },

  async 'a pool: its identity is asked for once'() {
    const { fetch, seen, actions } = world();
    const provider = fromCognitoIdentityPool({ identityPoolId: 'eu-west-1:pool', fetch });
    equal(await provider(), { ...POOL, identityId: 'us-west-2:identity' }, 'keys');
    await provider();
    equal(actions(), ['GetId', 'GetCredentialsForIdentity', 'GetCredentialsForIdentity'], 'calls');
    equal([seen[0].host, seen[0].params, seen[1].params], ['cognito-identity.eu-west-1.amazonaws.com', '{"IdentityPoolId":"eu-west-1:pool"}', '{"IdentityId":"us-west-2:identity"}'], 'what');
  },

  async 'a pool with tokens, asked anew each time'() {
    let tokens = 0;
    const { fetch, seen } = world();
    const provider = fromCognitoIdentityPool({ identityId: 'us-west-2:mine', logins: { 'www.example.com': async () => `t${++tokens}` }, customRoleArn: 'arn:c', fetch });
    await provider();
    await provider();
    equal(seen.map(({ params }) => JSON.parse(params).Logins['www.example.com']), ['t1', 't2'], 'tokens');
    equal(JSON.parse(seen[0].params).CustomRoleArn, 'arn:c', 'role');
  },

  async 'an identity that is not known any more'() {
    const { fetch, actions } = world((action, times) => (action === 'GetCredentialsForIdentity' && times === 1 ? jsonRefusal(400, 'NotAuthorizedException', 'forbidden') : undefined));
    const provider = fromCognitoIdentityPool({ identityPoolId: 'us-west-2:pool', fetch });
    equal(await refused(provider()), ['NotAuthorizedException', 'forbidden'], 'error');
    await provider();
    equal(actions(), ['GetId', 'GetCredentialsForIdentity', 'GetId', 'GetCredentialsForIdentity'], 'calls');
  },

  async 'options that are empty count as none'() {
    const { fetch, seen } = world();
    await fromCognitoIdentityPool({ identityPoolId: 'eu-west-1:pool', identityId: '', region: '', endpoint: '', fetch })();
    equal([seen[1].host, seen[1].params], ['cognito-identity.eu-west-1.amazonaws.com', '{"IdentityId":"us-west-2:identity"}'], 'what');
  },

  async 'an identity that was deleted'() {
    const { fetch, actions } = world((action, times) => (action === 'GetCredentialsForIdentity' && times === 1 ? jsonRefusal(400, 'ResourceNotFoundException', 'not found') : undefined));
    const provider = fromCognitoIdentityPool({ identityPoolId: 'us-west-2:pool', fetch });
    equal(await refused(provider()), ['ResourceNotFoundException', 'not found'], 'error');
    await provider();
    equal(actions(), ['GetId', 'GetCredentialsForIdentity', 'GetId', 'GetCredentialsForIdentity'], 'calls');
  },

  async 'first calls that start together are one visitor, where promises may be shared'() {
    const { fetch, actions } = world((action, times) => (action === 'GetId' && times === 1 ? jsonRefusal(400, 'InvalidParameterException', 'no') : undefined));
    const provider = fromCognitoIdentityPool({ identityPoolId: 'us-west-2:pool', fetch });
    const isWorker = globalThis.navigator?.userAgent === 'Cloudflare-Workers';
    if (!isWorker) equal(await Promise.all([1, 2].map(() => refused(provider()))), [1, 2].map(() => ['InvalidParameterException', 'no']), 'a refusal is for all, and not kept');
    const keys = await Promise.all([1, 2, 3].map(() => provider().catch(() => undefined)));
    equal(actions().filter((action) => action === 'GetId').length, isWorker ? 3 : 2, 'GetId');
    equal(keys.filter((found) => found?.accessKeyId === 'ASIAPOOL').length, isWorker ? 2 : 3, 'keys');
  },

  async 'what would leave keys with more rights is refused, and nothing is sent'() {
    const { fetch, seen } = world();
    const no = async (provider, wanted) => {
      const [code, message] = await refused(provider());
      equal([code, message.includes(wanted)], ['CredentialsError', true], message);
    };
    for (const params of [{ RoleArn: undefined }, { RoleArn: '' }, { RoleArn: null, Policy: '{}' }]) {
      await no(fromTemporaryCredentials({ masterCredentials: MASTER, params, fetch }), 'needs params.RoleArn (or none at all');
    }
    await no(fromTemporaryCredentials({ masterCredentials: MASTER, params: { roleArn: ROLE }, fetch }), 'STS GetSessionToken has no parameter roleArn; it takes DurationSeconds');
    await no(fromTemporaryCredentials({ masterCredentials: MASTER, params: { Policy: '{}' }, fetch }), 'no parameter Policy');
    await no(fromTemporaryCredentials({ masterCredentials: MASTER, params: { RoleArn: ROLE, PolicyArn: 'a' }, fetch }), 'no parameter PolicyArn; it takes RoleArn');
    for (const token of [undefined, '', null, () => undefined, async () => '', 7]) {
      await no(fromCognitoIdentityPool({ identityPoolId: 'us-west-2:p', logins: { 'a.example': token }, fetch }), 'needs logins["a.example"]: a text');
      await no(fromWebToken({ roleArn: ROLE, webIdentityToken: token, fetch }), 'needs webIdentityToken');
    }
    await no(fromWebToken({ webIdentityToken: 't', fetch }), 'needs roleArn');
    await no(fromCognitoIdentityPool({ identityPoolId: '12345678-1234', fetch }), 'needs a region');
    for (const provider of [fromWebToken, fromTemporaryCredentials, fromCognitoIdentityPool, fromHttp, fromCache]) equal((await refused(provider()()))[0], 'CredentialsError', provider.name);
    equal(seen.length, 0, 'sent');
  },

  async 'an endpoint that is none'() {
    const { fetch, seen } = world();
    for (const endpoint of ['https://a b', 'ftp://sts.example', 'https://', 'http://[', 'a:b:c']) {
      const wanted = ['ConfigError', 'Invalid endpoint in config: it must be a hostname, or a URL of http or https'];
      equal(await refused(fromWebToken({ roleArn: ROLE, webIdentityToken: 't', endpoint, fetch })()), wanted, endpoint);
      equal(await refused(fromCognitoIdentityPool({ identityPoolId: 'us-west-2:p', endpoint, fetch })()), wanted, endpoint);
    }
    equal(seen.length, 0, 'nothing is sent');
    for (const endpoint of ['', 'sts.example:8443', 'http://127.0.0.1:4566']) await fromWebToken({ roleArn: ROLE, webIdentityToken: 't', endpoint, fetch })();
    equal(seen.map(({ host }) => host), ['sts.amazonaws.com', 'sts.example:8443', '127.0.0.1:4566'], 'where');
  },

  async 'a request that cannot be sent shows no secret'() {
    for (const options of [
      { url: 'https://keys.example/', headers: { authorization: 'Bearer TOP\nSECRET' } },
      { url: 'https://user:TOPSECRET@keys.example/' },
    ]) {
      const error = await fromHttp({ fetch: world().fetch, ...options })().then(() => undefined, (thrown) => thrown);
      equal([error.code, /SECRET/.test(`${error.stack} ${error.message} ${JSON.stringify(error)} ${error.cause}`)], ['CredentialsError', false], error.message);
    }
  },

  async 'answers without keys, and with nonsense'() {
    for (const body of ['', 'null', '{}', '[]', '<a>', '{"Credentials":{}}', '{"IdentityId":"i","Credentials":null}']) {
      const { fetch } = world(() => ({ status: 200, body }));
      await refused(fromWebToken({ roleArn: ROLE, webIdentityToken: 't', fetch })());
      equal((await refused(fromCognitoIdentityPool({ identityPoolId: 'us-west-2:p', fetch })()))[0], 'CredentialsError', body);
      equal((await refused(fromHttp({ url: 'https://keys.example/k', fetch })()))[0], 'CredentialsError', body);
    }
    equal((await refused(fromCognitoIdentityPool({ fetch: world().fetch })()))[0], 'CredentialsError', 'neither pool nor identity');
  },

  async 'the environment'() {
    const env = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    equal(await fromEnv(env)(), { accessKeyId: 'a', secretAccessKey: 'b' }, 'keys');
    equal(await fromEnv({ ...env, AWS_SESSION_TOKEN: 't', AWS_CREDENTIAL_EXPIRATION: EXPIRATION })(), { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 't', expiration: new Date(EXPIRATION) }, 'a session');
    for (const missing of Object.keys(env)) equal((await refused(fromEnv({ ...env, [missing]: '' })()))[0], 'CredentialsError', missing);
  },

  async 'a server of your own'() {
    const answers = { '/own': { ...MASTER, expiration: EXPIRATION }, '/container': { AccessKeyId: 'AKIDMASTER', SecretAccessKey: 'mastersecret', Token: 't', Expiration: EXPIRATION } };
    const { fetch, seen } = world((path) => (answers[path] ? json(answers[path]) : { status: 302, headers: { location: 'https://elsewhere.example/' }, body: '' }));
    const expiration = new Date(EXPIRATION);
    equal(await fromHttp({ url: 'https://keys.example/own', headers: async () => ({ authorization: 'Bearer x' }), fetch })(), { ...MASTER, expiration }, 'own');
    equal(await fromHttp({ url: 'http://127.0.0.1:8080/container', fetch })(), { ...MASTER, sessionToken: 't', expiration }, 'container');
    equal([seen[0].method, seen[0].headers.get('authorization'), seen[1].headers.get('authorization')], ['GET', 'Bearer x', null], 'headers');
    equal((await refused(fromHttp({ url: 'https://keys.example/moved', fetch })()))[0], 'CredentialsError', 'a redirect');
    equal(seen.length, 3, 'redirects are not followed');
    for (const url of ['http://keys.example/own', 'http://127.0.0.1.example/own', 'ftp://localhost/', 'nonsense', undefined]) equal((await refused(fromHttp({ url, fetch })()))[0], 'CredentialsError', String(url));
    equal((await refused(fromHttp({ url: 'https://keys.example/lost', fetch: async () => { throw new TypeError('lost'); } })()))[0], 'CredentialsError', 'lost');
    equal(seen.length, 3, 'nothing more is sent');
  },

  async 'a cache'() {
    let asked = 0;
    const soon = new Date(Date.now() + 299_000);
    const late = new Date(Date.now() + 3_600_000);
    const given = [{ ...MASTER, expiration: soon }, { ...MASTER, expiration: late }, { ...MASTER, expiration: late }];
    const store = new Map();
    const provider = fromCache(async () => given[asked++], { store, key: 'k' });
    equal((await provider()).expiration, soon, 'first');
    equal((await provider()).expiration, late, 'what ends soon is replaced');
    const kept = await provider();
    equal([kept, kept.expiration instanceof Date, asked], [{ ...MASTER, expiration: late }, true, 2], 'kept');
    equal(typeof store.get('k'), 'string', 'as KV keeps it');
    equal((await fromCache(async () => given[2], { store, key: 'k', window: 7200 })()).accessKeyId, 'AKIDMASTER', 'a longer window');
    for (const broken of ['{', 'null', '[]', '"x"', '{"accessKeyId":"a"}', '{"accessKeyId":"a","secretAccessKey":"b","expiration":"never"}']) {
      store.set('k', broken);
      asked = 1;
      equal((await provider()).expiration, late, broken);
    }
    const full = { get: () => { throw new Error('no store'); }, set: () => { throw new Error('full'); } };
    equal((await fromCache(async () => given[1], { store: full })()).accessKeyId, 'AKIDMASTER', 'a store that fails');
    equal(await refused(fromCache(async () => { throw Object.assign(new Error('down'), { code: 'Down' }); })()), ['Down', 'down'], 'a provider that fails');
  },

  async 'a cache in KV, and a store that is none'() {
    const kv = new Map();
    const store = { get: async (key) => kv.get(key) ?? null, put: async (key, text) => void kv.set(key, text) };
    let asked = 0;
    for (let i = 0; i < 3; i++) await fromCache(async () => (asked++, { ...MASTER, expiration: EXPIRATION }), { store })();
    const kept = await fromCache(async () => undefined, { store })();
    equal([asked, kept], [1, { ...MASTER, expiration: new Date(EXPIRATION) }], 'kept');
    equal(await fromCache(async () => ({ ...MASTER, expiration: EXPIRATION }))(), kept, 'what was not kept has a Date, too');
    for (const options of [{ store: {} }, { store: { get: () => undefined } }, { store: null }, { store: { getItem() {}, setItem() {} } }, { window: '5m' }, { window: -1 }]) {
      equal((await refused(fromCache(async () => MASTER, options)()))[0], 'CredentialsError', JSON.stringify(options));
    }
  },

  async 'a cache: keys that were refused are not given again while others are on their way, or do not come'() {
    let asked = 0;
    let answer = () => {};
    const store = new Map();
    const credentials = fromCache(() => {
      asked++;
      if (asked === 1) return { ...MASTER, accessKeyId: 'AKID1' };
      if (asked === 2) throw new Error('down');
      return new Promise((resolve) => { const before = answer; answer = () => { before(); resolve({ ...MASTER, accessKeyId: 'AKID2' }); }; });
    }, { store });
    equal((await credentials()).accessKeyId, 'AKID1', 'first');
    credentials.expired = true;
    equal(await refused(credentials()), [undefined, 'down'], 'the provider fails');
    const waiting = [credentials(), credentials()];
    for (let i = 0; i < 20 && asked < 4; i++) await undefined;
    answer();
    equal((await Promise.all(waiting)).map(({ accessKeyId }) => accessKeyId), ['AKID2', 'AKID2'], 'then');
    equal([(await credentials()).accessKeyId, asked], ['AKID2', 4], 'kept');
  },

  async 'a cache: keys that end soon serve on where there are no others'() {
    let asked = 0;
    for (const [left, wanted] of /** @type {[number, string][]} */ ([[200_000, 'AKIDMASTER'], [-1, 'down']])) {
      const store = new Map([['ivs-wasm-credentials', JSON.stringify({ ...MASTER, expiration: new Date(Date.now() + left) })]]);
      const credentials = fromCache(async () => { asked++; throw new Error('down'); }, { store });
      equal(await credentials().then((found) => found.accessKeyId, (error) => error.message), wanted, String(left));
      credentials.expired = true;
      await credentials().catch(() => {});
    }
    equal(asked, 4, 'it was asked first');
  },

  async 'a cache and keys that were refused'() {
    let asked = 0;
    const credentials = fromCache(async () => ({ ...MASTER, accessKeyId: `AKID${++asked}`, expiration: new Date(Date.now() + 3_600_000) }));
    const used = [];
    const fetch = async (_, { headers }) => {
      used.push(/Credential=(\w+)/.exec(headers.authorization)?.[1]);
      return used.at(-1) === 'AKID1' ? new Response('{}', { status: 403, headers: { 'x-amzn-errortype': 'ExpiredTokenException' } }) : new Response('{}');
    };
    const client = () => new IVS({ region: 'us-west-2', fetch, credentials, retryDelayOptions: { base: 1 } });
    await client().listChannels();
    await client().listChannels();
    equal([used, asked, credentials.expired], [['AKID1', 'AKID2', 'AKID2'], 2, false], 'keys');
    const unread = fromCache(async () => (asked++, { ...MASTER, expiration: new Date('never') }));
    for (let i = 0; i < 2; i++) await unread();
    equal(asked, 4, 'an end that nobody can read is not kept as none');
  },

  async 'a request that is late'() {
    const later = (signal) => new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(json({ accessKeyId: 'A', secretAccessKey: 's' })), 30);
      signal?.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); });
    });
    const fetch = async (_, { signal }) => { const { body, status, headers } = await later(signal); return new Response(body, { status, headers }); };
    for (const timeout of [0, Infinity, 2 ** 31, undefined]) {
      equal((await fromHttp({ url: 'https://keys.example/', fetch, timeout })()).accessKeyId, 'A', `timeout ${timeout}`);
    }
    equal(await refused(fromHttp({ url: 'https://keys.example/', fetch, timeout: 5 })()), ['CredentialsError', 'Fetching credentials took longer than 5 ms'], 'late');
  },

  async 'a client: loads once, loads anew at the end'() {
    const keys = (action, times) => (action === 'AssumeRoleWithWebIdentity' ? sts(action, {}, { AccessKeyId: `ASIA${times}`, Expiration: new Date(Date.now() + (times > 1 ? 3_600_000 : 299_000)).toISOString() }) : undefined);
    const { fetch, seen, actions } = world(keys);
    const ivs = new IVS({ region: 'us-west-2', fetch, credentials: fromWebToken({ roleArn: ROLE, webIdentityToken: 't', fetch }) });
    for (let i = 0; i < 3; i++) await ivs.listChannels();
    equal(actions(), ['AssumeRoleWithWebIdentity', '/ListChannels', 'AssumeRoleWithWebIdentity', '/ListChannels', '/ListChannels'], 'calls');
    equal(seen.map(({ headers }) => /Credential=(\w+)/.exec(headers.get('authorization') ?? '')?.[1]), [undefined, 'ASIA1', undefined, 'ASIA2', 'ASIA2'], 'keys');
  },

  async 'a client whose provider is refused'() {
    const { fetch, actions } = world(() => jsonRefusal(400, 'ResourceNotFoundException', 'no pool'));
    const ivs = new IVS({ region: 'us-west-2', fetch, credentials: fromCognitoIdentityPool({ identityPoolId: 'us-west-2:p', fetch }) });
    const error = await ivs.listChannels().then(() => undefined, (problem) => problem);
    equal([error.code, error.cause?.code, actions()], ['CredentialsError', 'ResourceNotFoundException', ['GetId']], 'error');
    equal(poolKeys().status, 200, 'a pool');
  },
};

export default async () => {
  const lines = [];
  let passed = 0;
  for (const [name, body] of Object.entries(cases)) {
    try {
      await body();
      passed++;
    } catch (error) {
      lines.push(`  FAIL  ${name}: ${error.code ?? ''} ${error.message}`);
    }
  }
  return { passed, failed: lines.length, lines };
};
