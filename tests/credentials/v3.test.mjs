// @ts-check
// The providers of ivs-wasm/credentials beside those of SDK v3, with one server: the same calls, the same keys.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import test, { after } from 'node:test';
import { EXPIRATION, jsonRefusal, stsRefusal } from './answers.mjs';
import { start } from './server.mjs';

for (const name of Object.keys(process.env)) if (/^(AWS|AMAZON)_/.test(name)) delete process.env[name];
Object.assign(process.env, { AWS_SHARED_CREDENTIALS_FILE: '/nowhere', AWS_CONFIG_FILE: '/nowhere' });
const require = createRequire(new URL('../../js/node_modules/@aws-sdk/client-ivs/package.json', import.meta.url));
const nested = createRequire(require.resolve('@aws-sdk/credential-provider-node'));
const v3 = { ...nested('@aws-sdk/credential-provider-env'), ...nested('@aws-sdk/credential-provider-http'), ...nested('@aws-sdk/credential-provider-web-identity') };
const clients = createRequire(nested.resolve('@aws-sdk/credential-provider-web-identity'));
const { CognitoIdentityClient, GetIdCommand, GetCredentialsForIdentityCommand } = clients('@aws-sdk/nested-clients/cognito-identity');
const { getDefaultRoleAssumer } = clients('@aws-sdk/nested-clients/sts');
const ours = await import(new URL('../../pkg/credentials.js', import.meta.url).href);

const server = await start();
after(() => server.stop());
const ROLE = 'arn:aws:iam::123456789012:role/r';
const MASTER = { accessKeyId: 'ASIAMASTER', secretAccessKey: 'mastersessionsecret', sessionToken: 'to/k+en==' };
const own = { region: 'us-west-2', endpoint: server.url, maxRetries: 0 };
const clientConfig = { region: 'us-west-2', endpoint: server.url, maxAttempts: 1, credentials: MASTER };

/** The keys that both give; v3 adds scope, account and source. @param {any} found */
const keys = ({ accessKeyId, secretAccessKey, sessionToken, expiration }) => ({ accessKeyId, secretAccessKey, sessionToken, expiration });

/** What was asked; which headers are signed is each one's affair, as long as the signature is right. */
const asked = () => server.seen().map(({ action, params, method, url, signed, token }) => ({ action, params, method, url, signed, token }));

/** @param {() => Promise<any>} provider @param {import('./server.mjs').Script} [script] */
async function played(provider, script) {
  server.reset(script);
  try {
    return { keys: keys(await provider()), asked: asked() };
  } catch (error) {
    return { error: /** @type {Error} */ (error).name, asked: asked() };
  }
}

/** @param {string} name @param {() => Promise<any>} theirs @param {() => Promise<any>} mine @param {import('./server.mjs').Script} [script] */
const same = (name, theirs, mine, script) => test(`as v3: ${name}`, async () => assert.deepEqual(await played(mine, script), await played(theirs, script)));

const token = { roleArn: ROLE, webIdentityToken: 'a.b.c', roleSessionName: 'mine', durationSeconds: 900, policy: '{"a":"b c"}' };
same('a web token', v3.fromWebToken({ ...token, clientConfig }), ours.fromWebToken({ ...token, ...own }));
same('a web token, refused', v3.fromWebToken({ ...token, clientConfig }), ours.fromWebToken({ ...token, ...own }), () => stsRefusal(403, 'AccessDenied', 'no'));

const params = { RoleArn: ROLE, RoleSessionName: 'mine', DurationSeconds: 900, ExternalId: 'x', Tags: [{ Key: 'k', Value: 'v w' }] };
same('a role', () => getDefaultRoleAssumer(clientConfig)(MASTER, params), ours.fromTemporaryCredentials({ params, masterCredentials: MASTER, ...own }));
same('a role, refused', () => getDefaultRoleAssumer(clientConfig)(MASTER, params), ours.fromTemporaryCredentials({ params, masterCredentials: MASTER, ...own }), () => stsRefusal(403, 'AccessDenied', 'no'));

/** As @aws-sdk/credential-providers does it, which is not installed here. @param {any} Logins */
const pool = (Logins) => async () => {
  const client = new CognitoIdentityClient(clientConfig);
  const { IdentityId } = await client.send(new GetIdCommand({ IdentityPoolId: 'us-west-2:pool', Logins }));
  const { Credentials } = await client.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
  return { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretKey, sessionToken: Credentials.SessionToken, expiration: Credentials.Expiration };
};
same('a pool', pool(undefined), ours.fromCognitoIdentityPool({ identityPoolId: 'us-west-2:pool', ...own }));
same('a pool with tokens', pool({ a: 'b' }), ours.fromCognitoIdentityPool({ identityPoolId: 'us-west-2:pool', logins: { a: 'b' }, ...own }));
same('a pool that refuses', pool(undefined), ours.fromCognitoIdentityPool({ identityPoolId: 'us-west-2:pool', ...own }), () => jsonRefusal(400, 'NotAuthorizedException', 'no'));

for (const env of [
  { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
  { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 't', AWS_CREDENTIAL_EXPIRATION: EXPIRATION },
]) {
  test(`as v3: the environment, ${Object.keys(env).length} variables`, async () => {
    Object.assign(process.env, env);
    try {
      assert.deepEqual(keys(await ours.fromEnv()()), keys(await v3.fromEnv()()));
    } finally {
      for (const name of Object.keys(env)) delete process.env[name];
    }
  });
}
test('as v3: nothing in the environment', async () => {
  await assert.rejects(v3.fromEnv()(), { name: 'CredentialsProviderError' });
  await assert.rejects(ours.fromEnv()(), { name: 'CredentialsError' });
});

test('as v3: a container service', async () => {
  /** @type {any[]} */
  const seen = [];
  const container = createServer(({ method, url, headers }, response) => {
    seen.push([method, url, headers.authorization]);
    response.end(JSON.stringify({ AccessKeyId: 'a', SecretAccessKey: 'b', Token: 't', Expiration: EXPIRATION }));
  });
  await new Promise((resolve) => container.listen(0, '127.0.0.1', () => resolve(0)));
  const url = `http://127.0.0.1:${/** @type {any} */ (container.address()).port}/v2/credentials?x=1`;
  const theirs = keys(await v3.fromHttp({ awsContainerCredentialsFullUri: url, awsContainerAuthorizationToken: 'Basic x' })());
  assert.deepEqual(keys(await ours.fromHttp({ url, headers: { authorization: 'Basic x' } })()), theirs);
  assert.deepEqual(seen, [['GET', '/v2/credentials?x=1', 'Basic x'], ['GET', '/v2/credentials?x=1', 'Basic x']]);
  container.closeAllConnections();
  container.close();
});
