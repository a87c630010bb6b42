// The protocol around the resources: validation, errors on the wire, paging, CORS, determinism.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALLOWED_HEADERS } from '../../js/mock/cors.js';
import { makeCaller, START } from './caller.mjs';

const ENDPOINT = 'https://ivs.us-west-2.amazonaws.com';

test('an error carries IVS’s headers and exceptionMessage', async () => {
  const { call } = makeCaller();
  const { status, headers, body } = await call('getChannel', { arn: 'arn:aws:ivs:us-west-2:123456789012:channel/none' });
  assert.equal(status, 404);
  assert.deepEqual(body, { exceptionMessage: 'Resource: arn:aws:ivs:us-west-2:123456789012:channel/none not found' });
  assert.match(String(headers.get('x-amzn-requestid')), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(headers.get('date'), new Date(START).toUTCString());
  assert.equal(headers.get('content-type'), 'application/json');
});

test('validation reports everything wrong at once', async () => {
  const { call } = makeCaller();
  /** @type {[string, object, string][]} */
  const cases = [
    ['getChannel', {}, "1 validation error detected: Value null at 'arn' failed to satisfy constraint: Member must not be null"],
    ['getChannel', { arn: 'x' }, "1 validation error detected: Value 'x' at 'arn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:aws:ivs:[a-z0-9-]+:[0-9]+:channel/[a-zA-Z0-9-]+"],
    ['listChannels', { maxResults: 101 }, "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100"],
    ['createChannel', { type: 'BEST', name: 'a b' }, "2 validation errors detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9-_]*; Value 'BEST' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [BASIC, STANDARD, ADVANCED_SD, ADVANCED_HD]"],
    ['batchGetChannel', { arns: [] }, "1 validation error detected: Value '[]' at 'arns' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    ['batchStartViewerSessionRevocation', { viewerSessions: [{ viewerId: 'v' }] }, "1 validation error detected: Value null at 'viewerSessions.1.member.channelArn' failed to satisfy constraint: Member must not be null"],
  ];
  for (const [name, input, text] of cases) {
    const { status, code, body } = await call(name, input);
    assert.deepEqual([status, code, body], [400, 'ValidationException', { exceptionMessage: text }]);
  }
});

test('lengths are counted in characters', async () => {
  const { must, call } = makeCaller();
  const letter = '\u{20000}'; // one character, two UTF-16 units
  const { channel } = await must('createChannel', { tags: { a: letter.repeat(256) } });
  assert.equal([...channel.tags.a].length, 256);
  assert.equal((await call('createChannel', { tags: { a: letter.repeat(257) } })).code, 'ValidationException');
});

test('of a query, only the named pairs count', async () => {
  const { ivs, must } = makeCaller();
  const { channel } = await must('createChannel', { tags: { a: '1', b: '2' } });
  const { tool } = await import('../harness/project.mjs');
  const { AwsClient } = await tool('aws4fetch');
  const url = `${ENDPOINT}/tags/${encodeURIComponent(channel.arn)}?tagKeys=a&other=b`;
  const request = await new AwsClient({ ...ivs.credentials, region: 'us-west-2', service: 'ivs' }).sign(url, { method: 'DELETE', aws: { datetime: '20240102T030405Z' } });
  assert.equal((await ivs.fetch(request)).status, 200);
  assert.deepEqual((await must('getChannel', { arn: channel.arn })).channel.tags, { b: '2' });
});

test('values of the wrong type, and what is no JSON, cannot be read', async () => {
  const { ivs, call, signed } = makeCaller();
  assert.deepEqual([(await call('getChannel', { arn: 7 })).code, (await call('listChannels', { maxResults: '5' })).code], ['SerializationException', 'SerializationException']);
  const request = await signed('createChannel', {});
  const { tool } = await import('../harness/project.mjs');
  const { AwsClient } = await tool('aws4fetch');
  const broken = await new AwsClient({ ...ivs.credentials, region: 'us-west-2', service: 'ivs' })
    .sign(request.url, { method: 'POST', body: '{"name":', aws: { datetime: '20240102T030405Z' } });
  const response = await ivs.fetch(broken);
  assert.deepEqual([response.status, response.headers.get('x-amzn-errortype')], [400, 'SerializationException']);
});

test('unknown members are ignored, null is absent', async () => {
  const { must } = makeCaller();
  assert.equal((await must('createChannel', { name: null, colour: 'red' })).channel.name, '');
});

test('pages survive what is created and deleted between them', async () => {
  const { must } = makeCaller();
  const names = [];
  const arns = [];
  for (let i = 0; i < 5; i++) arns.push((await must('createChannel', { name: `c${i}` })).channel.arn);
  const first = await must('listChannels', { maxResults: 2 });
  names.push(...first.channels.map(({ name }) => name));
  await must('deleteChannel', { arn: arns[0] });
  await must('createChannel', { name: 'late' });
  let token = first.nextToken;
  while (token) {
    const page = await must('listChannels', { maxResults: 2, nextToken: token });
    names.push(...page.channels.map(({ name }) => name));
    token = page.nextToken;
  }
  assert.deepEqual(names, ['c0', 'c1', 'c2', 'c3', 'c4', 'late']);
});

test('a page that is exactly full is the last one', async () => {
  const { must } = makeCaller();
  for (let i = 0; i < 4; i++) await must('createChannel');
  const first = await must('listChannels', { maxResults: 2 });
  assert.equal((await must('listChannels', { maxResults: 2, nextToken: first.nextToken })).nextToken, undefined);
});

test('a token is good for one operation with one filter', async () => {
  const { call, must } = makeCaller();
  for (let i = 0; i < 3; i++) await must('createChannel', { name: 'same' });
  const { nextToken } = await must('listChannels', { maxResults: 1 });
  const code = async (name, input) => (await call(name, input)).code;
  assert.equal(await code('listRecordingConfigurations', { nextToken }), 'ValidationException');
  assert.equal(await code('listChannels', { nextToken, filterByName: 'same' }), 'ValidationException');
  assert.equal(await code('listChannels', { nextToken: 'made-up' }), 'ValidationException');
  assert.equal(await code('listChannels', { nextToken: `A${nextToken.slice(1)}` }), 'ValidationException');
});

test('page sizes nobody asked for are the documented ones', async () => {
  const { must } = makeCaller();
  await must('createPlaybackRestrictionPolicy', {});
  await must('createPlaybackRestrictionPolicy', {});
  assert.equal((await must('listPlaybackRestrictionPolicies', {})).playbackRestrictionPolicies.length, 1);
});

test('one seed gives the same names, another gives others', async () => {
  const arns = [];
  for (const seed of [1, 1, 2]) arns.push((await makeCaller({ seed }).must('createChannel')).channel.arn);
  assert.equal(arns[0], arns[1]);
  assert.notEqual(arns[0], arns[2]);
});

test('accounts and regions are apart', async () => {
  const { ivs, must } = makeCaller();
  await must('createChannel');
  assert.equal((await must('listChannels', {}, { region: 'eu-west-1' })).channels.length, 0);
  const other = { accountId: '210987654321', accessKeyId: 'AKIAOTHER', secretAccessKey: 's' };
  ivs.control.addCredential(other);
  assert.equal((await must('listChannels', {}, other)).channels.length, 0);
  assert.equal((await must('listChannels')).channels.length, 1);
});

test('the preflight grants each allowed header, and nothing when any other is asked for', async () => {
  const { ivs } = makeCaller();
  const ask = (headers, method = 'POST') => ivs.fetch(`${ENDPOINT}/GetChannel`, {
    method: 'OPTIONS', headers: { origin: 'https://page.example', 'access-control-request-method': method, 'access-control-request-headers': headers },
  });
  const granted = await ask(ALLOWED_HEADERS.join(', ').toLowerCase());
  assert.equal(granted.status, 200);
  assert.equal(granted.headers.get('access-control-allow-headers'), 'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-Content-Sha256,X-Amz-User-Agent,amz-sdk-invocation-id,amz-sdk-request');
  for (const headers of ['content-type,x-custom', 'amz-sdk-retry', 'traceparent']) {
    const refused = await ask(headers);
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.get('access-control-allow-origin'), null);
  }
  assert.equal((await ask('content-type', 'PUT')).status, 403);
});

test('a page’s request with a header that is not allowed is refused even without a preflight', async () => {
  const { call } = makeCaller();
  const page = (headers) => call('listChannels', {}, { headers: { origin: 'https://page.example', ...headers } });
  assert.equal((await page({})).status, 200);
  assert.equal((await page({ 'x-amz-user-agent': 'a' })).status, 200);
  assert.equal((await page({ 'x-amz-target': 'a' })).code, 'AccessDeniedException');
  assert.equal((await page({ 'x-custom': 'a' })).code, 'AccessDeniedException');
});

test('reply headers are exposed to pages, or hidden', async () => {
  const { ivs, call } = makeCaller();
  const exposed = async () => (await call('listChannels', {}, { headers: { origin: 'https://page.example' } })).headers.get('access-control-expose-headers');
  assert.equal(await exposed(), 'x-amzn-errortype,x-amzn-requestid,date');
  ivs.control.exposeHeaders([]);
  assert.equal(await exposed(), null);
});

test('call rates are enforced when asked for', async () => {
  const { call } = makeCaller({ apiRates: true });
  for (let i = 0; i < 5; i++) assert.equal((await call('listChannels')).status, 200);
  assert.equal((await call('listChannels')).code, 'ThrottlingException');
});

test('policy, pending verification, reset', async () => {
  const { ivs, call, must } = makeCaller();
  ivs.control.deny('ListChannels');
  assert.equal((await call('listChannels')).code, 'AccessDeniedException');
  ivs.control.allow();
  ivs.control.pendingVerification(true);
  const pending = await call('createChannel');
  assert.deepEqual([pending.status, pending.code], [403, 'PendingVerification']);
  assert.equal((await call('listChannels')).status, 200);
  ivs.control.reset();
  const { channel } = await must('createChannel');
  assert.equal(ivs.control.calls().length, 1);
  ivs.control.reset();
  assert.equal((await must('createChannel')).channel.arn, channel.arn, 'a reset endpoint begins anew');
});
