// @ts-check
// What programs do around their calls, with SDK v2 and with ours on one server: what was sent and what came out must be the same.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inherits } from 'node:util';
import test from 'node:test';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
const require = createRequire(new URL('../../js/package.json', import.meta.url));
const own = process.env.V2 ? pathToFileURL(process.env.V2).href : new URL('../../pkg/v2.js', import.meta.url).href;

/** @type {{ body: string, hash: unknown, id: string }[]} */
let received = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const [, id = ''] = /Credential=(.*?)\//.exec(String(request.headers.authorization)) ?? [];
  received.push({ body, hash: request.headers['x-amz-content-sha256'], id });
  const refused = body.includes('"refused"');
  response.writeHead(refused ? 404 : 200, refused ? { 'x-amzn-errortype': 'ResourceNotFoundException' } : {}).end('{}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(0)));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
const endpoint = `http://127.0.0.1:${port}`;
test.after(() => server.close());

const base = { region: 'us-west-2', endpoint, maxRetries: 0, accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

/** @type {Record<string, (AWS: any) => unknown>} */
const SAME = {
  'an object of parameters that is used again': async (AWS) => {
    const ivs = new AWS.IVS(base);
    const params = /** @type {any} */ ({ tags: {} });
    const calls = [];
    for (const name of ['a', 'b', 'c']) {
      params.name = params.tags.of = name;
      calls.push(ivs.createChannel(params).promise());
      // One that is not there yet when a callback is given.
      await new Promise((resolve) => ivs.createChannel(params, resolve) && (params.name = params.tags.of = 'too late'));
    }
    await Promise.all(calls);
    return received.map(({ body }) => body).sort();
  },
  'parameters in a cycle': async (AWS) => {
    const tags = /** @type {any} */ ({});
    tags.tags = tags;
    return (await new AWS.IVS(base).createChannel({ tags }).promise().catch((/** @type {any} */ error) => error)) instanceof Error;
  },
  'a subclass in the way of ES5': async (AWS) => {
    /** @this {any} */
    function Mine() {
      AWS.Credentials.call(this, 'MINE', 'secret');
    }
    inherits(Mine, AWS.Credentials);
    const { accessKeyId, secretAccessKey, ...rest } = base;
    await new AWS.IVS({ ...rest, credentials: new /** @type {any} */ (Mine)() }).listChannels().promise();
    return received.map(({ id }) => id);
  },
  'a chain in the way of ES5, and what it inherits': async (AWS) => {
    /** @this {any} */
    function Mine() {
      AWS.CredentialProviderChain.call(this, [() => new AWS.Credentials('CHAIN', 'secret')]);
    }
    inherits(Mine, AWS.CredentialProviderChain);
    const chain = new /** @type {any} */ (Mine)();
    return [(await chain.resolvePromise()).accessKeyId, chain instanceof AWS.Credentials, Object.keys(chain).includes('accessKeyId')];
  },
  'an end of credentials in milliseconds': async (AWS) => {
    const credentials = new AWS.Credentials('A', 'secret');
    credentials.expireTime = Date.now() + 3_600_000;
    const fresh = credentials.needsRefresh();
    credentials.expireTime = Date.now() - 1;
    return [fresh, credentials.needsRefresh()];
  },
  'a body in bytes': async (AWS) => {
    const request = new AWS.IVS(base).listChannels();
    request.on('build', () => (request.httpRequest.body = Buffer.from('{"maxResults":7}')));
    await request.promise();
    const [{ body, hash }] = received;
    return [body, hash === undefined || hash === createHash('sha256').update(body).digest('hex')];
  },
  'a port that was set on the endpoint': async (AWS) => {
    const ivs = new AWS.IVS({ ...base, endpoint: 'http://127.0.0.1:1' });
    ivs.endpoint.port = port;
    await ivs.listChannels().promise();
    return received.length;
  },
  'a hostname that a listener sets': async (AWS) => {
    const request = new AWS.IVS({ ...base, endpoint: `http://nowhere.invalid:${port}` }).listChannels();
    request.on('afterBuild', () => (request.httpRequest.endpoint.hostname = '127.0.0.1'));
    await request.promise();
    return received.length;
  },
  'a listener to the calls of all services': async (AWS) => {
    const seen = /** @type {string[]} */ ([]);
    const listener = (/** @type {any} */ event) => seen.push(event.Api);
    AWS.Service.prototype.on('apiCall', listener);
    await new AWS.IVS(base).listChannels().promise();
    AWS.Service.prototype.removeListener('apiCall', listener);
    return seen;
  },
};

const libraries = { 'SDK v2': require('aws-sdk'), ours: (await import(own)).default };
for (const [name, use] of Object.entries(SAME)) {
  test(name, async () => {
    const results = [];
    for (const AWS of Object.values(libraries)) {
      received = [];
      results.push(await use(AWS));
    }
    assert.deepEqual(results[1], results[0]);
  });
}

test('who awaits a call without a callback makes it', async () => {
  // SDK v2's requests cannot be awaited; await gave the request itself. With a callback it still does.
  const seen = /** @type {string[]} */ ([]);
  const request = new libraries.ours.IVS(base).getChannel({ arn: 'refused' }, (/** @type {any} */ error) => seen.push(error.code));
  assert.equal(await request, request);
  await assert.rejects(request.promise(), { code: 'ResourceNotFoundException' });
  assert.deepEqual(seen, ['ResourceNotFoundException']);
  await assert.rejects(async () => await new libraries.ours.IVS(base).getChannel({ arn: 'refused' }), { code: 'ResourceNotFoundException' });
});

test('a port that goes without saying is signed as it is sent', async () => {
  for (const [given, host] of [['https://h.example:443', 'h.example'], ['http://h.example:80', 'h.example'], ['https://h.example:8443', 'h.example:8443']]) {
    /** @type {string[]} */
    const urls = [];
    const fetch = async (/** @type {string} */ url) => (urls.push(url), new Response('{}'));
    const request = new libraries.ours.IVS({ ...base, endpoint: given, httpOptions: { fetch } }).listChannels();
    await request.promise();
    assert.deepEqual([new URL(urls[0]).host, request.httpRequest.headers.Host], [host, host]);
  }
});

test('the environment may be filled after the import', () => {
  const { execFileSync } = /** @type {typeof import('node:child_process')} */ (process.getBuiltinModule('node:child_process'));
  const program = (/** @type {string} */ load) => `${load}
    Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'LATE', AWS_SECRET_ACCESS_KEY: 's', AWS_USE_FIPS_ENDPOINT: 'true' });
    const request = new AWS.IVS({ httpOptions: { fetch: async () => new Response('{}') }, maxRetries: 0 }).listChannels();
    request.on('sign', () => { console.log(request.httpRequest.region, request.httpRequest.endpoint.hostname); });
    request.on('afterBuild', () => {});
    request.on('send', () => { console.log(/Credential=(.*?)[/]/.exec(request.httpRequest.headers.Authorization)[1]); process.exit(0); }, true);
    request.send();`;
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE, ...env } = process.env;
  const outputs = [`const AWS = require(${JSON.stringify(require.resolve('aws-sdk'))});`, `const { default: AWS } = await import(${JSON.stringify(own)});`].map((load, i) =>
    execFileSync(process.execPath, ['--input-type', i ? 'module' : 'commonjs', '-e', program(load)], { env, encoding: 'utf8' }));
  assert.match(outputs[1], /^eu-west-1 .*\nLATE\n$/);
  assert.equal(outputs[1], outputs[0]);
});
