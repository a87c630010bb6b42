// @ts-check
// What programs written for SDK v2 rely on without a thought, with SDK v2 and with ours on one server.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import test from 'node:test';
import { promisify } from 'node:util';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
const require = createRequire(new URL('../../js/package.json', import.meta.url));
const own = process.env.V2 ? pathToFileURL(process.env.V2).href : new URL('../../pkg/v2.js', import.meta.url).href;
const libraries = { 'SDK v2': require('aws-sdk'), ours: (await import(own)).default };

/** @type {{ url: string, host: string, headers: Record<string, any>, action: string | null }[]} */
let received = [];
/** @type {((nth: number) => { status?: number, headers?: any, body?: string }) | undefined} */
let plan;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  received.push({ url: String(request.url), host: String(request.headers.host), headers: request.headers, action: new URLSearchParams(body).get('Action') });
  const answer = plan?.(received.length) ?? {};
  response.writeHead(answer.status ?? 200, answer.headers ?? {}).end(answer.body ?? '{}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(0)));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
const endpoint = `http://127.0.0.1:${port}`;
test.after(() => server.close());

const base = { region: 'us-west-2', endpoint, maxRetries: 0, accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', retryDelayOptions: { base: 1 } };
const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
const sts = () => `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
  <SessionToken>t</SessionToken><Expiration>${new Date(Date.now() - 7_200_000 + 3_600_000).toISOString()}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;

/** @type {Record<string, (AWS: any) => unknown>} */
const SAME = {
  'what a method returns to code with a callback is no promise': async (AWS) => {
    let request, response;
    const called = await new Promise((resolve) => {
      request = new AWS.IVS(base).listChannels((/** @type {any} */ error, /** @type {any} */ data) => resolve([error, data]));
    });
    const sent = new AWS.IVS(base).listChannels();
    const told = await new Promise((resolve) => (response = sent.send((/** @type {any} */ error) => resolve(error))));
    return [called, told, typeof /** @type {any} */ (request).then, typeof sent.then, typeof /** @type {any} */ (response).then, (await request) === request];
  },
  'errors that callbacks and listeners throw tell where': async (AWS) => {
    const request = new AWS.IVS(base).listChannels();
    request.on('build', function userListener() { throw new TypeError('boom'); });
    const listened = await request.promise().catch((/** @type {any} */ error) => error);
    // In a process of its own, which ends by it.
    const library = AWS === libraries.ours ? own : pathToFileURL(require.resolve('aws-sdk')).href;
    const program = `import AWS from ${JSON.stringify(library)};
      process.once('uncaughtException', ({ message, stack }) => { console.log(message, stack.includes('userCallback')); process.exit(); });
      new AWS.IVS(${JSON.stringify(base)}).listChannels(function userCallback() { throw new TypeError('bang'); });`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], { timeout: 20_000 });
    return [listened.message, listened.stack.includes('userListener'), stdout];
  },
  'the endpoint of a request is its own': async (AWS) => {
    const ivs = new AWS.IVS({ ...base, endpoint: `${endpoint}/one` });
    const custom = new AWS.IVS({ ...base, endpoint: `${endpoint}/one` });
    custom.customizeRequests((/** @type {any} */ request) => (request.httpRequest.endpoint = new AWS.Endpoint(`http://localhost:${port}/two`)));
    await custom.listChannels().promise();
    const updated = ivs.listChannels();
    updated.httpRequest.updateEndpoint(`${endpoint}/stage`);
    await updated.promise();
    const older = ivs.listChannels();
    ivs.endpoint = `http://localhost:${port}/two`;
    await older.promise();
    await ivs.listChannels().promise();
    return received.map(({ host, url }) => host + url);
  },
  'credentials end by the clock that the application set': async (AWS) => {
    const before = AWS.config.systemClockOffset;
    AWS.config.update({ systemClockOffset: -7_200_000 });
    try {
      plan = () => (received.at(-1)?.action ? { body: sts() } : {});
      const credentials = new AWS.WebIdentityCredentials({ RoleArn: 'arn:aws:iam::123456789012:role/r', WebIdentityToken: 't' }, { endpoint, region: 'us-west-2' });
      const { accessKeyId, secretAccessKey, ...rest } = base;
      const ivs = new AWS.IVS({ ...rest, credentials });
      for (let i = 0; i < 3; i++) await ivs.listChannels().promise();
      return received.map(({ action, url }) => action ?? url);
    } finally {
      AWS.config.update({ systemClockOffset: before });
    }
  },
  'a request that is over is asked for its pages, and for its end': async (AWS) => {
    const request = new AWS.IVS(base).listChannels();
    await request.promise();
    const seen = /** @type {any[]} */ ([]);
    await new Promise((resolve) => request.eachPage((/** @type {any} */ error, /** @type {any} */ data) => {
      seen.push([error, data && Object.keys(data)]);
      if (!data) resolve(0);
    }));
    const other = new AWS.IVS(base).listChannels();
    await other.promise();
    let told = 0;
    await new Promise((resolve) => other.on('complete', () => resolve(told++)).send());
    await pause(10);
    return [seen, told, received.length];
  },
  'of headers that differ in case the last one counts': async (AWS) => {
    const request = new AWS.IVS(base).listChannels();
    request.on('build', () => Object.assign(request.httpRequest.headers, { 'content-type': 'application/x-json', 'X-Custom': 'a', 'x-custom': 'b' }));
    await request.promise();
    return [received[0].headers['content-type'], received[0].headers['x-custom']];
  },
  'a type that was taken away': async (AWS) => {
    for (const event of ['afterBuild', 'sign']) {
      const request = new AWS.IVS(base).putMetadata({ channelArn: 'a', metadata: 'ä' });
      request.on(event, () => delete request.httpRequest.headers['Content-Type']);
      await request.promise();
    }
    return received.map(({ headers }) => [headers['content-type'], headers['content-length']]);
  },
  'a clock of the application’s own': async (AWS) => {
    const ivs = new AWS.IVS(base);
    ivs.getSkewCorrectedDate = () => new Date(Date.UTC(2024, 0, 2, 3, 4, 5));
    await ivs.listChannels().promise();
    const odd = new AWS.IVS({ ...base, systemClockOffset: 0 });
    await odd.listChannels().promise();
    return [received[0].headers['x-amz-date'], Math.abs(Date.now() - odd.getSkewCorrectedDate().getTime()) < 5000];
  },
  'keys that cannot be refreshed when a request is signed': async (AWS) => {
    const credentials = new AWS.Credentials('A', 'secret');
    credentials.refresh = (/** @type {any} */ done) => done(new Error('no network'));
    plan = () => ({ status: 403, headers: { 'x-amzn-errortype': 'ExpiredTokenException' } });
    const { accessKeyId, secretAccessKey, ...rest } = base;
    const error = await new AWS.IVS({ ...rest, credentials, maxRetries: 1 }).listChannels().promise().catch((/** @type {any} */ thrown) => thrown);
    return [error.code, error.message, error.originalError?.message];
  },
  'built, and sent in the same breath': async (AWS) => {
    const seen = /** @type {string[]} */ ([]);
    const request = new AWS.IVS(base).listChannels();
    request.build(() => {
      seen.push('built');
      request.httpRequest.headers['X-Late'] = 'yes';
    });
    await new Promise((resolve) => request.send(() => resolve(seen.push('sent'))));
    return [seen, received[0].headers['x-late']];
  },
  'a service that is everywhere needs no region': async (AWS) => {
    const ivs = new AWS.IVS({ ...base, region: undefined });
    ivs.isGlobalEndpoint = true;
    const error = await ivs.listChannels().promise().then(() => undefined, (/** @type {any} */ thrown) => thrown.code);
    return [error, received.length];
  },
  'listeners behind one that threw': async (AWS) => {
    const traces = [];
    for (const [event, halts] of /** @type {[string, boolean][]} */ ([['build', false], ['build', true], ['afterBuild', false], ['sign', false]])) {
      for (const head of [false, true]) {
        const seen = /** @type {string[]} */ ([]);
        const request = new AWS.IVS(base).listChannels();
        request.on(event, () => {
          seen.push('first');
          if (halts) request.haltHandlersOnError();
          throw new Error('one');
        }, head);
        request.on(event, () => void seen.push('second'));
        request.onAsync(event, (/** @type {any} */ _, /** @type {() => void} */ done) => {
          seen.push('third');
          done();
        });
        request.on(event, () => void seen.push('fourth'));
        traces.push([event, halts, head, seen, await request.promise().catch((/** @type {any} */ error) => error.message)]);
      }
    }
    return traces;
  },
  'promises of no dependency are the language’s': (AWS) => {
    AWS.config.setPromisesDependency(null);
    return AWS.config.getPromisesDependency() === Promise;
  },
  'sections of other services are kept': (AWS) => {
    const config = new AWS.Config();
    config.update({ s3: { region: 'eu-west-1' }, nothing: 'x' });
    return [config.s3, config.nothing];
  },
};

for (const [name, use] of Object.entries(SAME)) {
  test(name, async () => {
    const results = [];
    for (const AWS of Object.values(libraries)) {
      [received, plan] = [[], undefined];
      results.push(await use(AWS));
    }
    assert.deepEqual(results[1], results[0]);
  });
}

test('better than v2: a refresh that fails with a text', async () => {
  const AWS = libraries.ours;
  const credentials = new AWS.Credentials('A', '');
  credentials.refresh = (/** @type {any} */ done) => done('gone');
  const { accessKeyId, secretAccessKey, ...rest } = base;
  await assert.rejects(new AWS.IVS({ ...rest, credentials }).listChannels().promise(), (/** @type {any} */ error) =>
    error.code === 'CredentialsError' && error.originalError.message === 'Could not load credentials from Credentials' && error.originalError.originalError.message === 'gone');
});
