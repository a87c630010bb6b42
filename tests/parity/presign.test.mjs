// @ts-check
// Requests as URLs: the same URL, events and errors as SDK v2 at the same moment; and where v2's URLs could not be used, an error.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import test, { mock } from 'node:test';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
mock.timers.enable({ apis: ['Date'], now: Date.UTC(2024, 0, 2, 3, 4, 5, 678) });
const sdk = createRequire(new URL('../../js/package.json', import.meta.url))('aws-sdk');
const own = process.env.V2 ? pathToFileURL(process.env.V2).href : new URL('../../pkg/v2.js', import.meta.url).href;
const { default: ours } = await import(own);

const ARN = 'arn:aws:ivs:us-west-2:123456789012:channel/abc';
const EVENTS = ['beforePresign', 'validate', 'build', 'afterBuild', 'restart', 'sign', 'send', 'retry', 'afterRetry', 'success', 'error', 'complete'];

/** @typedef {{ operation?: string, params?: any, options?: any, expires?: any, prepare?: (request: any) => void }} Case */

/** @param {any} AWS @param {Case} asked */
function request(AWS, { operation = 'getChannel', params = { arn: ARN }, options, prepare }) {
  const ivs = new AWS.IVS({ region: 'us-west-2', credentials: new AWS.Credentials('AKIDEXAMPLE', 'SECRETEXAMPLE'), ...options?.(AWS) });
  const made = ivs[operation](params);
  prepare?.(made);
  return made;
}

/** @param {any} AWS @param {Case} asked @returns {Promise<any>} what became of it */
async function presigned(AWS, asked) {
  const made = request(AWS, asked);
  /** @type {string[]} */
  const events = [];
  for (const event of EVENTS) made.on(event, () => void events.push(event));
  const [error, url] = await new Promise((resolve) => {
    const callback = (/** @type {any[]} */ ...args) => resolve(args);
    if (asked.expires === undefined) made.presign(callback);
    else made.presign(asked.expires, callback);
  });
  return { url, events, isPresigned: made.isPresigned(), error: error && { ...error, name: error.name, time: error.time instanceof Date, originalError: error.originalError?.message } };
}

/** @type {Record<string, Case>} */
const CASES = {
  'a POST with its body': {},
  'a GET': { operation: 'listTagsForResource', params: { resourceArn: ARN }, expires: 60 },
  'a DELETE with a query of its own': { operation: 'untagResource', params: { resourceArn: ARN, tagKeys: ['b', 'a b', "it's*!()"] }, expires: 77 },
  'an empty query of its own': { operation: 'untagResource', params: { resourceArn: ARN, tagKeys: [] } },
  'no parameters': { operation: 'listChannels', params: {} },
  'seconds as a text': { expires: '77' },
  'no seconds': { expires: 0 },
  'a week': { expires: 604_800 },
  'more than a week': { expires: 604_801 },
  'a session token': { options: (/** @type {any} */ AWS) => ({ credentials: new AWS.Credentials('ASIA', 'SECRET', 'to/k+en==') }) },
  'an endpoint with a port and a path': { options: () => ({ endpoint: 'http://h.example:8080/pre/fix/' }) },
  'a clock that is told to be wrong': { options: () => ({ systemClockOffset: -86_400_000 }) },
  'an agent that is told': { options: () => ({ customUserAgent: 'mine' }) },
  'a region for signing': { prepare: (made) => (made.httpRequest.region = 'eu-central-1') },
  'headers of its own': { prepare: (made) => made.on('build', () => Object.assign(made.httpRequest.headers, { 'X-Amz-Foo': 'b a  r ', 'x-custom': 'c' })) },
  'headers that v2 shows in the URL': { prepare: (made) => Object.assign(made.httpRequest.headers, { 'Cache-Control': 'no-store', 'Content-Type': 'text/x', 'Content-MD5': 'x' }) },
  'a body that is changed': { prepare: (made) => made.on('build', () => (made.httpRequest.body = '{"arn":"ä"}')) },
  'parameters that are refused': { params: {} },
  'no credentials': { options: () => ({ credentials: null, credentialProvider: null }) },
  'no region': { options: () => ({ region: null }) },
  'another way of signing': { options: () => ({ signatureVersion: 'v2' }) },
};

for (const [name, asked] of Object.entries(CASES)) {
  test(`the same as v2: ${name}`, async () => assert.deepEqual(await presigned(ours, asked), await presigned(sdk, asked)));
}

for (const expires of ['abc', -5, 1.5, Infinity, '60 seconds']) {
  test(`an expiry time that AWS refuses is refused before: ${expires}`, async () => {
    const { error } = await presigned(ours, { expires });
    assert.equal(error.code, 'InvalidExpiryTime');
    assert.match(error.message, /week|whole seconds/);
  });
}

test('without a callback it is a promise, since keys and wasm may have to be loaded', async () => {
  const url = await request(ours, {}).presign(60);
  assert.equal(url, request(sdk, {}).presign(60));
  await assert.rejects(request(ours, { params: {} }).presign(), { code: 'MissingRequiredParameter' });
});

test('a second time it is signed anew, where v2 signs the signature', async () => {
  const made = request(ours, {});
  await made.presign(60);
  assert.equal(await made.presign(90), await request(ours, {}).presign(90));
});

test('what cannot be presigned says so, and settles', async () => {
  const unsigned = request(ours, {}).toUnauthenticated();
  await assert.rejects(unsigned.presign(), { code: 'UnsupportedSigner' });
  const refused = request(ours, { params: {} });
  await assert.rejects(refused.presign(), { code: 'MissingRequiredParameter' });
  await assert.rejects(refused.presign(), { code: 'MissingRequiredParameter' });
});

test('a request that was presigned can be sent, signed by its URL', async () => {
  /** @type {string[]} */
  const sent = [];
  const options = () => ({ fetch: async (/** @type {string} */ url, /** @type {any} */ { headers }) => {
    sent.push(url, String(headers.Authorization));
    return new Response('{"tags":{}}');
  } });
  const made = request(ours, { operation: 'listTagsForResource', params: { resourceArn: ARN }, options });
  const url = await made.presign();
  await made.promise();
  assert.deepEqual(sent, [url, 'undefined']);
});
