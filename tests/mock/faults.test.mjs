// Faults on demand, in-process and over HTTP.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../../js/mock/server.js';
import { makeCaller, signedRequest } from './caller.mjs';

/** AbortSignal.timeout would not keep this process alive while nothing else is going on. */
function soon() {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException('too long', 'TimeoutError')), 100);
  return controller.signal;
}

test('the next calls answer an error, then all is well', async () => {
  const { ivs, call } = makeCaller();
  ivs.control.fault({ operation: 'ListChannels', error: 'ThrottlingException', times: 2, headers: { 'retry-after': '3' } });
  assert.equal((await call('listStreams')).status, 200, 'another operation is untouched');
  for (let i = 0; i < 2; i++) {
    const { status, code, headers, body } = await call('listChannels');
    assert.deepEqual([status, code, headers.get('retry-after')], [429, 'ThrottlingException', '3']);
    assert.ok(body.exceptionMessage);
  }
  assert.equal((await call('listChannels')).status, 200);
});

test('skip lets calls pass first', async () => {
  const { ivs, call } = makeCaller();
  ivs.control.fault({ status: 503, skip: 1 });
  assert.deepEqual([(await call('listChannels')).status, (await call('listChannels')).status, (await call('listChannels')).status], [200, 503, 200]);
});

test('a call can take effect and its answer be lost', async () => {
  const { ivs, call, must } = makeCaller();
  ivs.control.fault({ connection: 'reset', after: true });
  await assert.rejects(call('createChannel', { name: 'lost' }), TypeError);
  assert.equal((await must('listChannels')).channels.length, 1);
  ivs.control.fault({ connection: 'reset' });
  await assert.rejects(call('createChannel'), TypeError);
  assert.equal((await must('listChannels')).channels.length, 1, 'without `after` it never arrived');
});

test('a page of HTML, a hidden header, a body of one’s own', async () => {
  const { ivs, call } = makeCaller();
  ivs.control.fault({ html: true });
  const { status, headers, body } = await call('listChannels');
  assert.deepEqual([status, headers.get('content-type')], [502, 'text/html']);
  assert.match(body, /^<html>/);
  ivs.control.fault({ error: 'ValidationException', headers: { 'x-amzn-errortype': '' }, body: '{"__type":"com.amazonaws.ivs#ValidationException"}' });
  const hidden = await call('listChannels');
  assert.deepEqual([hidden.status, hidden.code, hidden.body.__type], [400, null, 'com.amazonaws.ivs#ValidationException']);
});

test('in-process: hanging, stalled, dripping and cut answers', async () => {
  const { ivs, call, must } = makeCaller();
  ivs.control.fault({ connection: 'hang' });
  await assert.rejects(call('listChannels', {}, { init: { signal: soon() } }), { name: 'TimeoutError' });
  ivs.control.fault({ connection: 'stall' });
  await assert.rejects(call('listChannels', {}, { init: { signal: soon() } }), { name: 'TimeoutError' });
  ivs.control.fault({ connection: 'short' });
  await assert.rejects(call('listChannels'), TypeError);
  await must('createChannel');
  ivs.control.fault({ connection: 'drip', dripMs: 1 });
  assert.equal((await must('listChannels')).channels.length, 1);
});

test('over HTTP: the same, on real connections', async () => {
  const server = await startServer();
  try {
    const call = async (signal) => {
      const { hostname, port } = new URL(server.url);
      const request = await signedRequest('listChannels', {}, { ...server.credentials, now: Date.now(), origin: `http://${hostname}:${port}` });
      const response = await fetch(request, { signal });
      return { status: response.status, text: await response.text() };
    };
    const control = (name, args) => fetch(`${server.url}/__control/${name}`, { method: 'POST', body: JSON.stringify(args) });
    assert.deepEqual(await call(), { status: 200, text: '{"channels":[]}' });
    await control('fault', { connection: 'reset' });
    await assert.rejects(call(), TypeError);
    await control('fault', { connection: 'hang' });
    await assert.rejects(call(soon()), { name: 'TimeoutError' });
    await control('fault', { connection: 'stall' });
    await assert.rejects(call(soon()), { name: 'TimeoutError' });
    await control('fault', { connection: 'short' });
    await assert.rejects(call(), TypeError);
    await control('fault', { connection: 'drip', dripMs: 5 });
    assert.equal((await call()).text, '{"channels":[]}');
    await control('fault', { delayMs: 60 });
    const before = performance.now();
    assert.equal((await call()).status, 200);
    assert.ok(performance.now() - before >= 59);
    await control('fault', { status: 500, headers: { 'content-length': '2' }, body: '{}' });
    assert.equal((await call()).status, 500);
    assert.equal((await control('nothing', {})).status, 404);
    assert.equal((await control('goLive', { channelArn: 'x' })).status, 400);
    const calls = await (await control('calls', {})).json();
    assert.equal(calls.length, 8);
  } finally {
    await server.close();
  }
});
