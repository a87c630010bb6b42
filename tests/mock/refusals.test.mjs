// What tests say to the endpoint is checked: a fault with a slip of the pen would never come, and prove nothing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mock, test } from 'node:test';
import { createIvs } from '../../js/mock/index.js';
import { makeCaller, signedRequest } from './caller.mjs';

const CREDENTIAL = { accountId: '123456789012', accessKeyId: 'A', secretAccessKey: 's' };

/** @type {[string, (ivs: any) => unknown, RegExp][]} */
const REFUSED = [
  ['fault: no object', ({ control }) => control.fault(), /fault: what it is given must be an object, not undefined/],
  ['fault: nothing', ({ control }) => control.fault({}), /fault: it does not say what happens; give error, status/],
  ['fault: an operation alone', ({ control }) => control.fault({ operation: 'getChannel' }), /does not say what happens/],
  ['fault: a slip', ({ control }) => control.fault({ operatoin: 'getChannel', error: 'ThrottlingException' }), /fault: there is no 'operatoin'; it takes operation, times/],
  ['fault: an operation that is none', ({ control }) => control.fault({ operation: 'getChanel', status: 500 }), /no operation named 'getChanel'/],
  ['fault: a connection that is none', ({ control }) => control.fault({ connection: 'rest' }), /fault: connection must be one of reset, hang, stall, drip, short, not 'rest'/],
  ['fault: a message of nothing', ({ control }) => control.fault({ message: 'x', status: 500 }), /give error, too/],
  ['fault: a code that is none', ({ control }) => control.fault({ error: 'ThrotlingException' }), /IVS has no error 'ThrotlingException'; for a code of your own give status, too/],
  ['fault: never', ({ control }) => control.fault({ times: 0, status: 500 }), /fault: times must be a whole number from 1, or Infinity, not 0/],
  ['fault: times', ({ control }) => control.fault({ times: 'x', status: 500 }), /not 'x'/],
  ['fault: skip', ({ control }) => control.fault({ skip: -1, status: 500 }), /skip must be a whole number from 0, not -1/],
  ['fault: a status that is none', ({ control }) => control.fault({ status: 100 }), /fault: status must be a status from 200 to 599, not 100/],
  ['fault: a delay that is none', ({ control }) => control.fault({ delayMs: NaN }), /delayMs must be milliseconds/],
  ['setQuotas: a slip', ({ control }) => control.setQuotas({ channel: 1 }), /quotas: there is no 'channel'; it takes .*channels/],
  ['setQuotas: no number', ({ control }) => control.setQuotas({ channels: 'one' }), /channels must be a number from 0, not 'one'/],
  ['setQuotas: NaN', ({ control }) => control.setQuotas({ channels: NaN }), /not NaN/],
  ['advance: nothing', ({ control }) => control.advance(), /advance: what it is given must be a finite number, not undefined/],
  ['advance: a text', ({ control }) => control.advance('1000'), /not '1000'/],
  ['deny: nothing', ({ control }) => control.deny(''), /no operation named ''/],
  ['deny: no text', ({ control }) => control.deny(7), /no operation named '7'/],
  ['deny: of every object', ({ control }) => control.deny('constructor'), /no operation named 'constructor'/],
  ['goLive: a slip', ({ control }) => control.goLive('x', { viewers: 3 }), /goLive: there is no 'viewers'; it takes health, viewerCount, ingest/],
  ['goLive: a health that is none', ({ control }) => control.goLive('x', { health: 'GREAT' }), /health must be one of HEALTHY, STARVING, UNKNOWN, not 'GREAT'/],
  ['setStream: a slip', ({ control }) => control.setStream('x', { viewers: 3 }), /setStream: there is no 'viewers'/],
  ['addEvent: no type', ({ control }) => control.addEvent('x', { name: 'n' }), /addEvent: type is missing/],
  ['exposeHeaders: no list', ({ control }) => control.exposeHeaders('date'), /must be a list of texts/],
  ['pendingVerification: no flag', ({ control }) => control.pendingVerification('no'), /must be true or false/],
  ['addCredential: no account', ({ control }) => control.addCredential({ accessKeyId: 'A', secretAccessKey: 's' }), /addCredential: accountId is missing/],
  ['createIvs: a slip', () => createIvs(/** @type {any} */ ({ sead: 1 })), /createIvs: there is no 'sead'; it takes seed/],
  ['createIvs: regions', () => createIvs(/** @type {any} */ ({ regions: 'us-west-2' })), /regions must be a list of texts, not 'us-west-2'/],
  ['createIvs: no region', () => createIvs({ regions: [] }), /regions is empty/],
  ['createIvs: nobody', () => createIvs({ accounts: [] }), /accounts is empty/],
  ['createIvs: an account of letters', () => createIvs({ accounts: [{ ...CREDENTIAL, accountId: 'test' }] }), /accountId must be an account of twelve digits/],
  ['createIvs: a clock that is none', () => createIvs(/** @type {any} */ ({ now: 5 })), /now must be a function, not 5/],
  ['createIvs: quotas', () => createIvs(/** @type {any} */ ({ quotas: { channel: 0 } })), /quotas: there is no 'channel'/],
];
for (const [name, make, wanted] of REFUSED) {
  test(`refused: ${name}`, () => {
    assert.throws(() => make(createIvs()), (error) => error instanceof TypeError && wanted.test(error.message));
  });
}

test('refused: a scene where nobody answers', async () => {
  await assert.rejects(createIvs().control.scene({ region: 'eu-wst-1' }), /scene: region must be one of us-west-2.*, not 'eu-wst-1'|scene: region must be one of/);
});

test('what is undefined is not given', async () => {
  const ivs = createIvs({ seed: undefined, quotas: { channels: undefined }, regions: undefined });
  ivs.control.setQuotas({ channels: undefined });
  ivs.control.fault({ status: 500, operation: undefined, times: undefined });
  const { call, must } = makeCaller();
  assert.equal((await call('listChannels')).status, 200);
  await must('createChannel');
});

test('statuses of codes that AWS has before any service', async () => {
  for (const [error, status] of /** @type {const} */ ([['InternalFailure', 500], ['ExpiredTokenException', 403], ['UnrecognizedClientException', 403], ['ThrottlingException', 429], ['Mine', 418]])) {
    const { ivs, call } = makeCaller();
    ivs.control.fault({ error, ...(error === 'Mine' && { status }) });
    const answer = await call('listChannels');
    assert.deepEqual([answer.status, answer.code], [status, error]);
  }
});

test('faults come one after another, those of one operation beside those of another', async () => {
  const { ivs, call } = makeCaller();
  ivs.control.fault({ operation: 'listChannels', skip: 1, status: 500 });
  ivs.control.fault({ operation: 'listStreams', status: 503 });
  ivs.control.fault({ status: 502 });
  const seen = [];
  for (const operation of ['listChannels', 'listStreams', 'listChannels', 'listChannels', 'listStreams']) seen.push((await call(operation)).status);
  assert.deepEqual(seen, [200, 503, 500, 502, 200]);
});

test('`after` alone loses the answer', async () => {
  const { ivs, call, must } = makeCaller();
  ivs.control.fault({ after: true });
  await assert.rejects(call('createChannel', { name: 'once' }), TypeError);
  assert.equal((await must('listChannels')).channels.length, 1);
});

test('an answer without a body is cut and held, too', async () => {
  const { ivs, call, must } = makeCaller();
  const { channel } = await must('createChannel');
  ivs.control.fault({ connection: 'short' });
  await assert.rejects(call('deleteChannel', { arn: channel.arn }), TypeError);
  const other = (await must('createChannel')).channel;
  ivs.control.fault({ connection: 'stall' });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  await assert.rejects(call('deleteChannel', { arn: other.arn }, { init: { signal: controller.signal } }), { name: 'AbortError' });
  ivs.control.fault({ status: 205, body: 'x' });
  assert.equal((await ivs.fetch('https://ivs.us-west-2.amazonaws.com/ListChannels', { method: 'POST' })).status, 205);
});

test('an empty body is one, and can be held', async () => {
  const { ivs, call } = makeCaller();
  ivs.control.fault({ body: '' });
  assert.deepEqual([(await call('listChannels')).body, ivs.control.lastAnswer()?.status], ['', 200]);
  ivs.control.fault({ body: '', connection: 'stall' });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  await assert.rejects(call('listChannels', {}, { init: { signal: controller.signal } }), { name: 'AbortError' });
  assert.equal(ivs.control.calls().at(-1)?.status, 200, 'its headers were sent');
});

test('no answer, no status', async () => {
  const { ivs, call } = makeCaller();
  await call('listChannels');
  assert.equal(ivs.control.lastAnswer()?.status, 200);
  ivs.control.fault({ connection: 'reset' });
  await assert.rejects(call('listChannels'), TypeError);
  assert.deepEqual([ivs.control.calls().map(({ status }) => status), ivs.control.lastAnswer()], [[200, 0], null]);
  await call('listChannels');
  ivs.control.reset();
  assert.deepEqual([ivs.control.calls(), ivs.control.lastAnswer()], [[], null]);
});

test('scene after scene, and again after a reset', async () => {
  const ivs = createIvs();
  const [one, other] = [await ivs.control.scene(), await ivs.control.scene()];
  assert.notEqual(one.channelArn, other.channelArn);
  assert.notEqual(one.publicKeyMaterial, other.publicKeyMaterial);
  ivs.control.reset();
  assert.deepEqual(await ivs.control.scene(), one);
});

test('a channel on the air takes health and viewers, and no other encoder', async () => {
  const { ivs, must } = makeCaller();
  const { liveChannelArn: channelArn } = await ivs.control.scene();
  ivs.control.goLive(channelArn, { viewerCount: 9, health: 'STARVING' });
  const { stream } = await must('getStream', { channelArn });
  assert.deepEqual([stream.viewerCount, stream.health], [9, 'STARVING']);
  assert.throws(() => ivs.control.goLive(channelArn, { ingest: { video: {} } }), /its encoder stays as it is/);
});

test('the clock of a test framework is the endpoint’s, too', async () => {
  const ivs = createIvs();
  const must = async (/** @type {string} */ name, /** @type {any} */ input) => (await ivs.fetch(await signedRequest(name, input, { ...ivs.credentials, now: Date.now() }))).json();
  mock.timers.enable({ apis: ['Date'], now: Date.UTC(2030, 0, 1) });
  try {
    const { channel } = await must('createChannel', {});
    ivs.control.goLive(channel.arn);
    assert.equal((await must('getStream', { channelArn: channel.arn })).stream.startTime, '2030-01-01T00:00:00Z');
  } finally {
    mock.timers.reset();
  }
});

test('a late answer holds no process whose call has ended', () => {
  const program = `
    import { createIvs } from './js/mock/index.js';
    const ivs = createIvs();
    ivs.control.fault({ delayMs: 60_000 });
    await ivs.fetch('https://ivs.us-west-2.amazonaws.com/ListChannels', { method: 'POST', signal: AbortSignal.timeout(50) }).catch(() => {});`;
  execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], { timeout: 20_000 });
});
