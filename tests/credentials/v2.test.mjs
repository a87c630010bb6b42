// @ts-check
// The classes of credentials of ivs-wasm/v2 and those of SDK v2, case by case against one server: what they ask, what they get, how they fail.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import test, { after } from 'node:test';
import { jsonRefusal, poolKeys, sts, stsRefusal } from './answers.mjs';
import { start } from './server.mjs';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
for (const name of Object.keys(process.env)) if (/^(AWS|AMAZON)_(?!SDK_JS_SUPPRESS)/.test(name)) delete process.env[name];
// The program's own files of keys must not be found.
Object.assign(process.env, { AWS_SHARED_CREDENTIALS_FILE: '/nowhere', AWS_CONFIG_FILE: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true' });
const sdk = createRequire(new URL('../../js/package.json', import.meta.url))('aws-sdk');
const own = process.env.V2 ? pathToFileURL(process.env.V2).href : new URL('../../pkg/v2.js', import.meta.url).href;
const { default: ours } = await import(own);

const server = await start();
after(() => server.stop());

/** Both with the services at our server. */
for (const AWS of [sdk, ours]) {
  AWS.config.update({ region: 'us-west-2', credentials: null, credentialProvider: null, retryDelayOptions: { base: 1 } });
  for (const name of ['sts', 'cognitoidentity', 'ivs']) AWS.config[name] = { endpoint: server.url };
}

/** What v2 says where a service gives no text: nothing, the status, or HTTP's words for it; ours is a sentence. */
const NO_TEXT = /^(null|\d{3}|Bad Request|Internal Server Error|The service answered with status \d{3})$/;

/** @param {any} error @returns {any} what can be seen of an error */
function failure(error) {
  if (!(error instanceof Error)) return error;
  const { name, message, time, retryDelay, originalError, errors, ...rest } = /** @type {any} */ (error);
  // Marks of hidden members, and members without a value, say nothing.
  const fields = Object.fromEntries(Object.entries(rest).filter(([key, value]) => !key.startsWith('[') && value !== undefined));
  const said = NO_TEXT.test(message) ? '(no text)' : message;
  // v2 takes the status of an answer that is no XML for its code, as a number.
  const known = typeof fields.code === 'number' ? { name: 'UnknownError', code: 'UnknownError' } : {};
  return { name, message: said, time: time instanceof Date, retryDelay: typeof retryDelay, ...fields, ...known, ...(originalError && { originalError: originalError.message }), ...(errors && { errors: errors.map(failure) }) };
}

/** @param {any} credentials */
function state(credentials) {
  const { accessKeyId, secretAccessKey, sessionToken, expired, expireTime, identityId, data } = credentials;
  return { accessKeyId, secretAccessKey, sessionToken, expired, expireTime, identityId, data, needsRefresh: credentials.needsRefresh() };
}

/**
 * Plays a case with one of the two.
 * @param {any} AWS
 * @param {(AWS: any) => any} make
 * @param {import('./server.mjs').Script} [script]
 * @param {(credentials: any, AWS: any) => Promise<any>} [use]
 */
async function play(AWS, make, script, use = (credentials) => credentials.getPromise()) {
  server.reset(script);
  let [credentials, thrown, used] = /** @type {any[]} */ ([]);
  try {
    credentials = make(AWS);
    used = await use(credentials, AWS);
  } catch (error) {
    thrown = failure(error);
  }
  return { thrown, used, state: credentials?.needsRefresh && state(credentials), params: credentials?.params, wire: server.seen() };
}

/** JSON in whatever order, XML's form as bytes. @param {any} wire */
const comparable = (wire) => wire.map((/** @type {any} */ { body, service, ...rest }) => (service === 'sts' ? { ...rest, service, body } : { ...rest, service }));

/**
 * Both must do the same.
 * @param {string} name
 * @param {(AWS: any) => any} make
 * @param {import('./server.mjs').Script} [script]
 * @param {(credentials: any, AWS: any) => Promise<any>} [use]
 */
function same(name, make, script, use) {
  test(`as v2: ${name}`, async () => {
    const v2 = await play(sdk, make, script, use);
    const mine = await play(ours, make, script, use);
    // Where v2 keeps none, ours may.
    if (v2.params === undefined) delete mine.params, delete v2.params;
    assert.deepEqual({ ...mine, wire: comparable(mine.wire) }, { ...v2, wire: comparable(v2.wire) });
  });
}

const ROLE = 'arn:aws:iam::123456789012:role/r';
const master = (/** @type {any} */ AWS) => new AWS.Credentials('AKIDMASTER', 'mastersecret');
const masterSession = (/** @type {any} */ AWS) => new AWS.Credentials('ASIAMASTER', 'mastersessionsecret', 'to/k+en==');
const webIdentity = (/** @type {any} */ more = {}) => (/** @type {any} */ AWS) => new AWS.WebIdentityCredentials({ RoleArn: ROLE, WebIdentityToken: 'a.b.c', ...more });
const role = (/** @type {any} */ more = {}) => (/** @type {any} */ AWS) => new AWS.TemporaryCredentials({ RoleArn: ROLE, ...more }, master(AWS));
const chained = (/** @type {any} */ given = {}) => (/** @type {any} */ AWS) =>
  new AWS.ChainableTemporaryCredentials({ params: { RoleArn: ROLE }, masterCredentials: master(AWS), ...(typeof given === 'function' ? given(AWS) : given) });
const pool = (/** @type {any} */ more = {}) => (/** @type {any} */ AWS) => new AWS.CognitoIdentityCredentials({ IdentityPoolId: 'us-west-2:pool', ...more });
/** @param {string} Class @param {any} params @param {any} config */
const withConfig = (Class, params, config) => (/** @type {any} */ AWS) => new AWS[Class](params, typeof config === 'function' ? config(AWS) : config);

// Web identity.
same('web identity', webIdentity());
same('web identity with everything', webIdentity({ RoleSessionName: 'mine', ProviderId: 'www.example.com', DurationSeconds: 900, Policy: '{"a":"ä &=+*~!\'()"}', PolicyArns: [{ arn: 'arn:1' }, { arn: 'arn:2' }], Unknown: 1 }));
same('web identity without a token', webIdentity({ WebIdentityToken: undefined }));
same('web identity with a token of the wrong type', webIdentity({ WebIdentityToken: 7 }));
same('web identity, seconds as a text', webIdentity({ DurationSeconds: '900' }));
same('web identity, refused', webIdentity(), () => stsRefusal(403, 'AccessDenied', 'Not authorized to perform <it> & so on'));
same('web identity, throttled', webIdentity(), (action, _, times) => (times < 3 ? stsRefusal(400, 'Throttling', 'Rate exceeded') : undefined));
same('web identity, two failures before an answer', webIdentity(), (_action, _params, times) => (times < 3 ? stsRefusal(503, 'ServiceUnavailable', 'busy') : undefined));
same('web identity, no more than three retries', webIdentity(), () => stsRefusal(500, 'InternalFailure', 'ill'));
same('web identity, as many retries as are told', withConfig('WebIdentityCredentials', { RoleArn: ROLE, WebIdentityToken: 't' }, { maxRetries: 1 }), () => stsRefusal(500, 'InternalFailure', 'ill'));
same('web identity, an error that is no XML', webIdentity(), () => ({ status: 400, body: '' }));
same('web identity, keys without a session token', webIdentity(), (action) => sts(action, {}, { SessionToken: '' }));
same('web identity, an error after keys leaves them, without data', webIdentity(), (_action, _params, times) => (times > 1 ? stsRefusal(403, 'AccessDenied', 'no more') : undefined), async (credentials) => {
  await credentials.getPromise();
  return failure(await credentials.refreshPromise().catch((/** @type {any} */ error) => error));
});
same('web identity, options of its own', withConfig('WebIdentityCredentials', { RoleArn: ROLE, WebIdentityToken: 't' }, () => ({ endpoint: `${server.url}/own/` })));

// SAML.
same('SAML', (AWS) => new AWS.SAMLCredentials({ RoleArn: ROLE, PrincipalArn: 'arn:p', SAMLAssertion: 'base64+/==', DurationSeconds: 900, Unknown: 1 }));
same('SAML without an assertion', (AWS) => new AWS.SAMLCredentials({ RoleArn: ROLE, PrincipalArn: 'arn:p' }));
same('SAML, refused', (AWS) => new AWS.SAMLCredentials({ RoleArn: ROLE, PrincipalArn: 'arn:p', SAMLAssertion: 'x' }), () => stsRefusal(400, 'InvalidIdentityToken', 'bad'));

// Roles and sessions.
same('a role', role());
same('a role with everything', role({ RoleSessionName: 'mine', DurationSeconds: 900, ExternalId: 'x', Policy: '{}', Tags: [{ Key: 'k', Value: 'v' }], TransitiveTagKeys: ['k'], SourceIdentity: 's', Unknown: 1 }));
same('a session', (AWS) => new AWS.TemporaryCredentials(undefined, master(AWS)));
same('a session with parameters that it has and has not', (AWS) => new AWS.TemporaryCredentials({ DurationSeconds: 900, RoleSessionName: 'no', ExternalId: 'no' }, master(AWS)));
same('a role by a session', (AWS) => new AWS.TemporaryCredentials({ RoleArn: ROLE }, masterSession(AWS)));
same('a role by plain keys', (AWS) => new AWS.TemporaryCredentials({ RoleArn: ROLE }, { accessKeyId: 'AKIDMASTER', secretAccessKey: 'mastersecret' }));
same('a role by temporary keys: their masters are asked', (AWS) => new AWS.TemporaryCredentials({ RoleArn: ROLE }, role()(AWS)));
same('a role, refused', role(), () => stsRefusal(403, 'AccessDenied', 'no'));
same('a role by keys that cannot be loaded', (AWS) => new AWS.TemporaryCredentials({ RoleArn: ROLE }, new AWS.EnvironmentCredentials('NOWHERE')));
same('a role by the keys of AWS.config', (AWS) => {
  AWS.config.credentials = master(AWS);
  const made = new AWS.TemporaryCredentials({ RoleArn: ROLE });
  AWS.config.credentials = null;
  return made;
});

same('a chained role', chained());
same('a chained session', chained({ params: { DurationSeconds: 900 } }));
same('a chained role by nothing', chained({ masterCredentials: undefined }));
same('a chained role by a chained role', chained((/** @type {any} */ AWS) => ({ masterCredentials: chained({ params: { RoleArn: 'arn:first', RoleSessionName: 'first' } })(AWS) })));
same('a chained role by one that is refused', chained((/** @type {any} */ AWS) => ({ masterCredentials: chained({ params: { RoleArn: 'arn:first' } })(AWS) })), () => stsRefusal(403, 'AccessDenied', 'no'));
same('a chained role, keys among the options of STS', chained((/** @type {any} */ AWS) => ({ masterCredentials: masterSession(AWS), stsConfig: { credentials: master(AWS) } })));
same('a chained role in a region', chained(() => ({ stsConfig: { region: 'eu-west-1' } })));
same('a second factor', chained({ params: { RoleArn: ROLE, SerialNumber: 'arn:mfa' }, tokenCodeFn: (/** @type {string} */ serial, /** @type {any} */ done) => setTimeout(done, 1, null, `code of ${serial}`) }));
same('a second factor that fails with a text', chained({ params: { RoleArn: ROLE, SerialNumber: 'arn:mfa' }, tokenCodeFn: (/** @type {string} */ _, /** @type {any} */ done) => done('no phone') }));
same('a second factor that fails with an error', chained({ params: { SerialNumber: 'arn:mfa' }, tokenCodeFn: (/** @type {string} */ _, /** @type {any} */ done) => done(new Error('no phone')) }));
same('a second factor without a function', chained({ params: { RoleArn: ROLE, SerialNumber: 'arn:mfa' } }));
same('the caller\'s params are left alone', (AWS) => {
  const params = { RoleArn: ROLE };
  chained({ params })(AWS);
  return { getPromise: async () => params };
});

// Cognito.
same('a guest of a pool', pool());
same('a guest of a pool with parameters for others', pool({ AccountId: '1', LoginId: 'me', RoleSessionName: 'x', Unknown: 1 }));
same('a user of a pool', pool({ Logins: { 'www.example.com': 'a.b.c' }, CustomRoleArn: 'arn:custom' }));
same('a known identity', pool({ IdentityId: 'us-west-2:known' }));
same('a role by a pool', pool({ RoleArn: ROLE, Logins: { 'www.example.com': 'a.b.c' }, DurationSeconds: 900, Policy: '{}' }));
same('a pool without an id', (AWS) => new AWS.CognitoIdentityCredentials({}));
same('an identity that is not allowed is forgotten', pool({ IdentityId: 'us-west-2:known' }), (action) => (action === 'GetCredentialsForIdentity' ? jsonRefusal(400, 'NotAuthorizedException', 'Access to Identity is forbidden') : undefined));
same('a pool that refuses', pool(), () => jsonRefusal(400, 'ResourceNotFoundException', 'no pool'));
same('a pool that refuses without a text', pool(), () => jsonRefusal(400, 'NotAuthorizedException'));
same('a pool with too much to do', pool(), (action, _, times) => (times < 3 ? jsonRefusal(400, 'TooManyRequestsException', 'slow') : undefined));
same('a pool that is ill', pool(), () => ({ status: 500, body: 'ill' }));
same('a pool that answers with no JSON', pool(), (action) => (action === 'GetCredentialsForIdentity' ? { status: 400, body: '<html>' } : undefined));
same('a role by a pool, refused by STS', pool({ RoleArn: ROLE }), (action) => (action === 'AssumeRoleWithWebIdentity' ? stsRefusal(403, 'AccessDenied', 'no') : undefined));
same('the expiration of a pool as a text', pool(), (action) => (action === 'GetCredentialsForIdentity' ? poolKeys({ Expiration: '2033-05-18T03:33:20Z' }) : undefined));
same('clearCachedId, and a second load', pool(), undefined, async (credentials) => {
  await credentials.getPromise();
  credentials.clearCachedId();
  const without = credentials.identityId;
  await credentials.refreshPromise();
  return [without, credentials.identityId];
});
same('a pool, its own region and retries', withConfig('CognitoIdentityCredentials', { IdentityPoolId: 'p' }, { region: 'eu-west-1', maxRetries: 0 }), () => ({ status: 500, body: '' }));

// The environment.
/** @param {Record<string, string>} env @param {any} [prefix] */
const environment = (env, prefix = 'MINE') => (/** @type {any} */ AWS) => {
  Object.assign(process.env, env);
  const made = new AWS.EnvironmentCredentials(prefix);
  for (const name of Object.keys(env)) delete process.env[name];
  return made;
};
const ENV = { MINE_ACCESS_KEY_ID: 'AKIDMASTER', MINE_SECRET_ACCESS_KEY: 'mastersecret' };
same('the environment', environment(ENV));
same('the environment with a token', environment({ ...ENV, MINE_SESSION_TOKEN: 't' }));
same('the environment without a prefix', environment({ ACCESS_KEY_ID: 'AKIDMASTER', SECRET_ACCESS_KEY: 's' }, ''));
same('the environment without a secret', environment({ MINE_ACCESS_KEY_ID: 'AKIDMASTER' }));
same('the environment without anything', environment({}, undefined));

// Chains.
const failing = (/** @type {string} */ message) => ({ get: (/** @type {any} */ done) => setTimeout(done, 1, new Error(message)) });
/** @param {(AWS: any) => any[]} providers */
const chain = (providers) => (/** @type {any} */ AWS) => new AWS.CredentialProviderChain(providers(AWS));
const resolved = async (/** @type {any} */ one) => {
  const found = await one.resolvePromise();
  return { id: found.accessKeyId, keys: Object.keys(one).sort() };
};
same('a chain', chain((AWS) => [() => failing('first'), () => new AWS.EnvironmentCredentials('NOWHERE'), () => master(AWS), () => failing('never asked')]), undefined, resolved);
same('a chain with a pool', chain((AWS) => [() => pool()(AWS)]), undefined, resolved);
same('a chain of plain objects', chain(() => [failing('first'), { accessKeyId: 'PLAIN' }]), undefined, resolved);
same('a chain in which all fail', chain(() => [() => failing('first'), () => failing('second')]), undefined, resolved);
same('a chain of nothing', chain(() => []), undefined, resolved);
same('a chain that many ask at once', chain((AWS) => [() => failing('first'), () => pool()(AWS)]), undefined, async (one) => (await Promise.all([1, 2, 3].map(() => one.resolvePromise()))).map(({ accessKeyId }) => accessKeyId));

// All of them.
same('many who ask at once share one load', webIdentity(), undefined, (credentials) => Promise.all(Array.from({ length: 10 }, () => credentials.getPromise())));
same('many who ask at once share one failure', webIdentity(), () => stsRefusal(403, 'AccessDenied', 'no'), async (credentials) =>
  (await Promise.allSettled(Array.from({ length: 3 }, () => credentials.getPromise()))).map(({ status }) => status));
for (const seconds of [14, 16]) {
  same(`keys that end in ${seconds} seconds`, webIdentity(), (action, _, times) =>
    (times > 1 ? sts(action, {}, { AccessKeyId: 'ASIANEXT' }) : sts(action, {}, { Expiration: '2024-01-02T03:04:05Z' })), async (credentials) => {
    await credentials.getPromise();
    credentials.expireTime = new Date(Date.now() + seconds * 1000);
    await credentials.getPromise();
    credentials.expireTime = null;
    return credentials.accessKeyId;
  });
}

/** @param {any} credentials @param {any} AWS @param {number} [times] */
async function call(credentials, AWS, times = 1) {
  const ivs = new AWS.IVS({ credentials });
  const results = [];
  for (let i = 0; i < times; i++) results.push(await ivs.listChannels().promise().then(() => 'fine', failure));
  return results;
}
same('a call signed by a pool', pool(), undefined, call);
same('a call signed by a role', role(), undefined, call);
same('a call that has no keys, as a pool refuses', pool(), () => jsonRefusal(400, 'ResourceNotFoundException', 'no pool'), call);
same('a call that has no keys, as the environment has none', environment({}), undefined, call);
same('ten calls share one load', pool(), undefined, async (credentials, AWS) => {
  const ivs = new AWS.IVS({ credentials });
  await Promise.all(Array.from({ length: 10 }, () => ivs.listChannels().promise()));
});
same('keys that AWS calls expired are loaded anew', webIdentity(), (action, _, times) => {
  if (action === 'AssumeRoleWithWebIdentity') return times === 1 ? undefined : sts(action, {}, { AccessKeyId: 'ASIANEXT', SecretAccessKey: 'next/secret', SessionToken: 'next' });
  return times === 1 ? jsonRefusal(403, 'ExpiredTokenException', 'The security token included in the request is expired') : undefined;
}, call);

// Where v2 crashes, hangs or goes on without keys.
/** @param {string} name @param {(AWS: any) => any} make @param {any} expected @param {import('./server.mjs').Script} [script] @param {any} [use] */
const better = (name, make, expected, script, use) => test(`better than v2: ${name}`, async () => {
  const { thrown, used, wire } = await play(ours, make, script, use);
  assert.deepEqual(thrown ? { code: thrown.code, message: thrown.message } : { used, wire: wire.map(({ action, token }) => [action, token]) }, expected);
});
better('temporary keys by nothing', (AWS) => new AWS.TemporaryCredentials({ RoleArn: ROLE }), { code: 'CredentialsError', message: 'TemporaryCredentials needs masterCredentials, or AWS.config.credentials' });
better('a token that has expired is told of, and not tried again', webIdentity(), { used: ['ExpiredTokenException', 'Token expired'], wire: [['AssumeRoleWithWebIdentity', undefined]] }, () => stsRefusal(400, 'ExpiredTokenException', 'Token expired'),
  (/** @type {any} */ credentials) => credentials.getPromise().catch((/** @type {any} */ error) => [error.code, error.message]));
better('keys of a master that have expired are loaded anew, and tried once more', (AWS) => {
  const renewed = new AWS.Credentials('ASIAMASTER', 'mastersessionsecret', 'old');
  renewed.refresh = (/** @type {any} */ done) => done(void (renewed.sessionToken = 'new'));
  return new AWS.TemporaryCredentials({ RoleArn: ROLE }, renewed);
}, { used: 'ASIASTS', wire: [['AssumeRole', 'old'], ['AssumeRole', 'new']] }, (_action, _params, times) => (times === 1 ? stsRefusal(403, 'ExpiredToken', 'expired') : undefined),
  (/** @type {any} */ credentials) => credentials.getPromise().then(() => credentials.accessKeyId));
better('keys of a master that stay expired end in their error', role(), { used: 'ExpiredToken', wire: [['AssumeRole', undefined], ['AssumeRole', undefined]] }, () => stsRefusal(403, 'ExpiredToken', 'expired'),
  (/** @type {any} */ credentials) => credentials.getPromise().catch((/** @type {any} */ error) => error.code));
better('STS answers without keys', webIdentity(), { code: 'CredentialsError', message: 'STS gave no credentials for AssumeRoleWithWebIdentity' }, () => ({ status: 200, body: '<AssumeRoleWithWebIdentityResponse></AssumeRoleWithWebIdentityResponse>' }));
better('STS answers with no XML', webIdentity(), { code: 'CredentialsError', message: 'STS gave no credentials for AssumeRoleWithWebIdentity' }, () => ({ status: 200, body: '{"a":1}' }));
better('a pool answers without keys', pool(), { code: 'CredentialsError', message: 'Cognito gave no credentials' }, () => ({ status: 200, body: '{"IdentityId":"i"}' }));
better('a pool answers with null', pool(), { code: 'CredentialsError', message: 'Cognito gave no identity' }, () => ({ status: 200, body: 'null' }));
better('a provider that throws does not end the chain', chain((AWS) => [() => { throw new Error('thrown'); }, () => master(AWS)]), { used: 'AKIDMASTER', wire: [] }, undefined, async (/** @type {any} */ one) => (await one.resolvePromise()).accessKeyId);
better('new keys without a session token: the old token is gone', webIdentity(), { used: ['fine'], wire: [['AssumeRoleWithWebIdentity', undefined], ['POST /ListChannels', 'sts//token=='], ['AssumeRoleWithWebIdentity', undefined], ['POST /ListChannels', undefined]] },
  (action, _, times) => {
    if (action === 'AssumeRoleWithWebIdentity') return times === 1 ? undefined : { ...sts(action), body: sts(action).body.replace(/<SessionToken>.*<\/SessionToken>/, '') };
    return times === 1 ? jsonRefusal(403, 'ExpiredTokenException', 'expired') : undefined;
  }, call);

// Hosts: nothing is sent, fetch is watched.
for (const region of ['us-west-2', 'eu-west-1', 'cn-north-1', 'us-gov-west-1', 'us-iso-east-1', 'us-isob-east-1']) {
  for (const options of [{}, { stsRegionalEndpoints: 'regional' }, { useFipsEndpoint: true }, { useDualstackEndpoint: true }]) {
    // v2 is known to be wrong here: the partitions have suffixes of their own.
    if (region.includes('iso') && options.useDualstackEndpoint) continue;
    test(`hosts as v2's: ${region} ${JSON.stringify(options)}`, async () => {
      const hosts = [];
      for (const AWS of [sdk, ours]) {
        /** @type {any[]} */
        const asked = [];
        const fetch = async (/** @type {string} */ url, /** @type {any} */ { headers }) => {
          asked.push([new URL(url).host, /Credential=[^,]*/.exec(headers.Authorization ?? headers.authorization ?? '')?.[0].replace(/\d{8}/, 'day')]);
          throw new TypeError('not sent');
        };
        const config = { region, maxRetries: 0, fetch, endpoint: undefined, credentials: master(AWS), ...options };
        if (AWS === ours) {
          await new AWS.ChainableTemporaryCredentials({ params: { RoleArn: ROLE }, stsConfig: config }).getPromise().catch(() => {});
          await new AWS.CognitoIdentityCredentials({ IdentityPoolId: 'p' }, config).getPromise().catch(() => {});
        } else {
          const request = new AWS.STS(config).assumeRole({ RoleArn: ROLE, RoleSessionName: 's' });
          await new Promise((resolve) => request.build(resolve));
          const { endpoint, headers } = request.httpRequest;
          asked.push([endpoint.host, /Credential=[^,]*/.exec(headers.Authorization)?.[0].replace(/\d{8}/, 'day')]);
          asked.push([new AWS.CognitoIdentity(config).endpoint.host, undefined]);
        }
        hosts.push(asked);
      }
      assert.deepEqual(hosts[1], hosts[0]);
    });
  }
}
