// @ts-check
// The signature check checked: a well signed request passes, and each way of spoiling it afterwards is refused.
import assert from 'node:assert/strict';
import { tool } from '../harness/project.mjs';
import { SESSION } from '../harness/server.mjs';

const DAY = 86_400_000;
const stamp = (time) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');

/** What is signed differently, or changed after signing; the code that the server has to answer. */
const SPOILED = {
  'a changed body': [{}, { body: '{"maxResults":1}' }, 'InvalidSignatureException'],
  'a changed path': [{}, { path: '/ListStreams' }, 'InvalidSignatureException'],
  'a changed query': [{}, { path: '/ListChannels?a=1' }, 'InvalidSignatureException'],
  'a body that does not fit its signed hash': [
    { headers: { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' } }, {},
    'InvalidSignatureException',
  ],
  'an x-amz header that is not signed': [{}, { headers: { 'x-amz-user-agent': 'x' } }, 'InvalidSignatureException'],
  'another service': [{ service: 'execute-api' }, {}, 'InvalidSignatureException'],
  'a date of yesterday': [{ datetime: stamp(Date.now() - DAY) }, {}, 'InvalidSignatureException'],
  'an unknown key': [{ accessKeyId: 'AKIDOTHER' }, {}, 'UnrecognizedClientException'],
  'an unknown session token': [{ sessionToken: 'other' }, {}, 'UnrecognizedClientException'],
};

/**
 * @param {(name: string, body: () => Promise<void>) => Promise<unknown>} check
 * @param {import('../harness/server.mjs').Server} server
 */
export async function tamper(check, server) {
  const { AwsV4Signer } = await tool('aws4fetch');
  // Watched, so that no line of these requests is counted to the next test.
  const send = async (...args) => (await server.watch(() => sendSigned(...args))).result;
  const sendSigned = async (signed, { path = '/ListChannels', body = '{}', headers: more = {} } = {}) => {
    const given = { accessKeyId: SESSION.accessKeyId, secretAccessKey: SESSION.secretAccessKey, service: 'ivs', region: 'us-west-2' };
    const url = `${server.url}/ListChannels`;
    const { method, headers } = await new AwsV4Signer({ method: 'POST', url, body: '{}', ...given, ...signed }).sign();
    for (const [name, value] of Object.entries(more)) headers.set(name, value);
    const response = await fetch(server.url + path, { method, headers, body });
    return [response.status, response.headers.get('x-amzn-errortype')];
  };
  await check('the signature check accepts what is signed well', async () => {
    assert.deepEqual(await send({}), [200, null]);
    assert.deepEqual(await send({ sessionToken: SESSION.sessionToken }), [200, null]);
  });
  for (const [name, [signed, sent, code]] of Object.entries(SPOILED)) {
    await check(`the signature check refuses ${name}`, async () => assert.deepEqual(await send(signed, sent), [403, code]));
  }
}
