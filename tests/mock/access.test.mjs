// Who is let in, and what the others are told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCaller, signedRequest, stamp, START } from './caller.mjs';

const ARN = 'arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh';

/** Changes a signed request's headers after the fact. */
async function spoiled(change, how = {}) {
  const { ivs, signed } = makeCaller();
  const request = await signed('getChannel', { arn: ARN }, how);
  const headers = new Headers(request.headers);
  change(headers);
  const response = await ivs.fetch(request.url, { method: 'POST', headers, body: JSON.stringify({ arn: ARN }) });
  return { status: response.status, code: response.headers.get('x-amzn-errortype'), ...(await response.json()) };
}

test('a well signed call comes through to the service', async () => {
  const { call } = makeCaller();
  assert.equal((await call('getChannel', { arn: ARN })).code, 'ResourceNotFoundException');
});

test('without a signature', async () => {
  const { status, code, message } = await spoiled((headers) => headers.delete('authorization'));
  assert.deepEqual([status, code, message], [403, 'MissingAuthenticationTokenException', 'Missing Authentication Token']);
});

test('with half an Authorization header, all that lacks is named', async () => {
  const { status, code, message } = await spoiled((headers) => headers.set('authorization', 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240102/us-west-2/ivs/aws4_request'));
  assert.deepEqual([status, code], [403, 'IncompleteSignatureException']);
  assert.equal(message, "Authorization header requires 'SignedHeaders' parameter. Authorization header requires 'Signature' parameter.");
});

test('with another algorithm', async () => {
  const { code } = await spoiled((headers) => headers.set('authorization', 'Bearer abc'));
  assert.equal(code, 'IncompleteSignatureException');
});

test('with a wrong secret', async () => {
  const { call } = makeCaller();
  const { status, code, body } = await call('getChannel', { arn: ARN }, { secretAccessKey: 'not the one' });
  assert.deepEqual([status, code], [403, 'InvalidSignatureException']);
  assert.match(body.message, /^The request signature we calculated does not match the signature you provided\./);
});

test('with another body than the signed one', async () => {
  const { ivs, signed } = makeCaller();
  const request = await signed('getChannel', { arn: ARN });
  const response = await ivs.fetch(request.url, { method: 'POST', headers: request.headers, body: JSON.stringify({ arn: `${ARN}x` }) });
  assert.equal(response.headers.get('x-amzn-errortype'), 'InvalidSignatureException');
});

test('with a body hash that is not the body’s', async () => {
  const { call } = makeCaller();
  const { code, body } = await call('getChannel', { arn: ARN }, { headers: { 'x-amz-content-sha256': 'a'.repeat(64) } });
  assert.equal(code, 'InvalidSignatureException');
  assert.match(body.message, /x-amz-content-sha256/);
});

test('with an unknown key', async () => {
  const { call } = makeCaller();
  const { status, code, body } = await call('getChannel', { arn: ARN }, { accessKeyId: 'AKIANOBODY' });
  assert.deepEqual([status, code, body.message], [403, 'UnrecognizedClientException', 'The security token included in the request is invalid.']);
});

test('with a clock five minutes behind, and five ahead: just in', async () => {
  for (const ms of [-300_000, 300_000]) {
    const { call } = makeCaller();
    assert.equal((await call('getChannel', { arn: ARN }, { now: START + ms })).code, 'ResourceNotFoundException', `${ms}`);
  }
});

test('with a clock further behind', async () => {
  const { call } = makeCaller();
  const { status, code, body } = await call('getChannel', { arn: ARN }, { now: START - 301_000 });
  assert.deepEqual([status, code], [403, 'InvalidSignatureException']);
  assert.equal(body.message, 'Signature expired: 20240102T025904Z is now earlier than 20240102T025905Z (20240102T030405Z - 5 min.)');
});

test('with a clock further ahead', async () => {
  const { call } = makeCaller();
  const { body } = await call('getChannel', { arn: ARN }, { now: START + 301_000 });
  assert.equal(body.message, 'Signature not yet current: 20240102T030906Z is still later than 20240102T030905Z (20240102T030405Z + 5 min.)');
});

test('with each part of the credential scope wrong', async () => {
  const { call } = makeCaller();
  /** @type {[object, RegExp][]} */
  const cases = [
    [{ region: 'us-west-9' }, /^Credential should be scoped to a valid region, not 'us-west-9'/],
    [{ region: 'eu-west-1', origin: 'https://ivs.us-west-2.amazonaws.com' }, /valid region, not 'eu-west-1'/],
    [{ service: 'ivschat' }, /^Credential should be scoped to correct service: 'ivs'/],
  ];
  for (const [how, text] of cases) {
    const { status, body } = await call('getChannel', { arn: ARN }, how);
    assert.equal(status, 403);
    assert.match(body.message, text);
  }
  const date = await spoiled((headers) => headers.set('authorization', headers.get('authorization').replace('/20240102/', '/20240101/')));
  assert.match(date.message, /^Date in Credential scope does not match YYYYMMDD .*'20240101' != '20240102'/);
  const end = await spoiled((headers) => headers.set('authorization', headers.get('authorization').replace('/aws4_request', '/aws5_request')));
  assert.match(end.message, /valid terminator: 'aws4_request', not 'aws5_request'/);
});

test('with Host left unsigned', async () => {
  const { message } = await spoiled((headers) => headers.set('authorization', headers.get('authorization').replace('SignedHeaders=host;', 'SignedHeaders=')));
  assert.equal(message, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
});

test('with an x-amz- header left unsigned', async () => {
  const { code, message } = await spoiled((headers) => headers.set('x-amz-extra', '1'));
  assert.deepEqual([code, message], ['InvalidSignatureException', "'x-amz-extra' must be a 'SignedHeader' in the AWS Authorization."]);
});

test('with a session token: the right one, none, another one, an expired one', async () => {
  const session = { accountId: '123456789012', accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token==', expiration: START + 60_000 };
  const { ivs, time, call } = makeCaller({ accounts: [session] });
  const code = async (how = {}) => (await call('getChannel', { arn: ARN }, { now: time.now, ...how })).code;
  assert.equal(await code(), 'ResourceNotFoundException');
  assert.equal(await code({ sessionToken: undefined }), 'UnrecognizedClientException');
  assert.equal(await code({ sessionToken: 'other' }), 'UnrecognizedClientException');
  time.now += 60_000;
  const expired = await call('getChannel', { arn: ARN });
  assert.deepEqual([expired.status, expired.code, expired.body.message], [403, 'ExpiredTokenException', 'The security token included in the request is expired']);
  ivs.control.addCredential({ ...session, expiration: time.now + 60_000 });
  assert.equal(await code(), 'ResourceNotFoundException');
  ivs.control.expireCredential('ASIAEXAMPLE');
  assert.equal(await code(), 'ExpiredTokenException');
});

test('a presigned URL is let in until it expires', async () => {
  const { ivs, time } = makeCaller();
  const { tool } = await import('../harness/project.mjs');
  const { AwsClient } = await tool('aws4fetch');
  const url = `https://ivs.us-west-2.amazonaws.com/tags/${encodeURIComponent(ARN)}?X-Amz-Expires=60`;
  const request = await new AwsClient({ ...ivs.credentials, region: 'us-west-2', service: 'ivs' }).sign(url, { aws: { signQuery: true, datetime: stamp(START) } });
  const code = async () => (await ivs.fetch(request.url)).headers.get('x-amzn-errortype');
  assert.equal(await code(), 'ResourceNotFoundException');
  time.now += 61_000;
  assert.equal(await code(), 'InvalidSignatureException');
});

test('an unknown path is an unknown operation, but only for those who signed', async () => {
  const { ivs } = makeCaller();
  const signed = await signedRequest('getChannel', { arn: ARN }, { ...ivs.credentials, now: START });
  const elsewhere = await ivs.fetch('https://ivs.us-west-2.amazonaws.com/Nothing', { method: 'POST', body: '{}' });
  assert.equal(elsewhere.headers.get('x-amzn-errortype'), 'MissingAuthenticationTokenException');
  const wrongMethod = await ivs.fetch(signed.url, { method: 'PUT', headers: signed.headers, body: '{}' });
  assert.equal(wrongMethod.status, 403);
});

test('another account’s resource is out of bounds, another region’s is not there', async () => {
  const { call } = makeCaller();
  const foreign = await call('getChannel', { arn: 'arn:aws:ivs:us-west-2:999999999999:channel/abc' });
  assert.deepEqual([foreign.status, foreign.code], [403, 'AccessDeniedException']);
  assert.match(foreign.body.exceptionMessage, /not authorized to perform: ivs:GetChannel on resource: arn:aws:ivs:us-west-2:999999999999/);
  assert.equal((await call('getChannel', { arn: 'arn:aws:ivs:eu-west-1:123456789012:channel/abc' })).code, 'ResourceNotFoundException');
});
