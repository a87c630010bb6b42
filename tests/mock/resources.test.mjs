// What the resources do: the rules of the AWS.IVS reference page, quotas, limits, life cycles.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operations } from '../../js/mock/facts.js';
import { fillIn, publicKey } from '../../js/mock/scene.js';
import { handlers } from '../../js/mock/resources/index.js';
import { makeCaller } from './caller.mjs';

test('every operation of the facts file has a handler', () => {
  assert.deepEqual(Object.keys(handlers), Object.keys(operations));
  assert.equal(Object.keys(handlers).length, 46);
});

test('createChannel fills in defaults and makes a stream key, ingest and playback addresses', async () => {
  const { must } = makeCaller();
  const { channel, streamKey } = await must('createChannel', { name: 'first', tags: { a: '1' } });
  assert.match(channel.arn, /^arn:aws:ivs:us-west-2:123456789012:channel\/[a-zA-Z0-9]{12}$/);
  assert.match(channel.playbackUrl, /^https:\/\/[0-9a-f]{12}\.us-west-2\.playback\.live-video\.net\/api\/video\/v1\/us-west-2\.123456789012\.channel\.\w+\.m3u8$/);
  assert.match(channel.ingestEndpoint, /^[0-9a-f]{12}\.global-contribute\.live-video\.net$/);
  assert.ok(channel.srt.passphrase);
  const { arn, playbackUrl, ingestEndpoint, srt, ...rest } = channel;
  assert.deepEqual(rest, {
    name: 'first', latencyMode: 'LOW', type: 'STANDARD', authorized: false, insecureIngest: false, preset: '', containerFormat: 'TS',
    recordingConfigurationArn: '', playbackRestrictionPolicyArn: '', adConfigurationArn: '', failoverSlateConfigurationArn: '', tags: { a: '1' },
  });
  assert.equal(streamKey.channelArn, arn);
  assert.match(streamKey.value, /^sk_us-west-2_/);
  assert.deepEqual((await must('listStreamKeys', { channelArn: arn })).streamKeys, [{ arn: streamKey.arn, channelArn: arn, tags: {} }]);
});

test('insecure ingest has no passphrase, and gets one when it is made secure', async () => {
  const { must } = makeCaller();
  const { channel } = await must('createChannel', { insecureIngest: true });
  assert.equal(channel.srt.passphrase, undefined);
  const after = await must('updateChannel', { arn: channel.arn, insecureIngest: false });
  assert.ok(after.channel.srt.passphrase);
});

test('presets belong to advanced types, multitrack input to STANDARD with fMP4', async () => {
  const { call, must } = makeCaller();
  assert.equal((await must('createChannel', { type: 'ADVANCED_HD' })).channel.preset, 'HIGHER_BANDWIDTH_DELIVERY');
  assert.equal((await call('createChannel', { preset: 'HIGHER_BANDWIDTH_DELIVERY' })).code, 'ValidationException');
  const multitrackInputConfiguration = { enabled: true, policy: 'ALLOW', maximumResolution: 'HD' };
  assert.equal((await call('createChannel', { multitrackInputConfiguration })).code, 'ValidationException');
  assert.equal((await call('createChannel', { multitrackInputConfiguration, containerFormat: 'FRAGMENTED_MP4', type: 'BASIC' })).code, 'ValidationException');
  assert.equal((await must('createChannel', { multitrackInputConfiguration, containerFormat: 'FRAGMENTED_MP4' })).channel.containerFormat, 'FRAGMENTED_MP4');
});

test('a live channel can be neither updated nor deleted; stopped, it can', async () => {
  const { ivs, call, must } = makeCaller();
  const { channel: { arn } } = await must('createChannel');
  ivs.control.goLive(arn);
  for (const name of ['updateChannel', 'deleteChannel']) {
    const { status, code } = await call(name, { arn });
    assert.deepEqual([status, code], [409, 'ConflictException'], name);
  }
  await must('stopStream', { channelArn: arn });
  const gone = await call('deleteChannel', { arn });
  assert.deepEqual([gone.status, gone.body], [204, '']);
  assert.equal((await call('getChannel', { arn })).code, 'ResourceNotFoundException');
});

test('deleting a channel deletes its stream key', async () => {
  const { call, must } = makeCaller();
  const { channel, streamKey } = await must('createChannel');
  await must('deleteChannel', { arn: channel.arn });
  assert.equal((await call('getStreamKey', { arn: streamKey.arn })).code, 'ResourceNotFoundException');
});

test('a channel has one stream key: a second fails, deleting and creating resets it', async () => {
  const { call, must } = makeCaller();
  const { channel, streamKey } = await must('createChannel');
  const second = await call('createStreamKey', { channelArn: channel.arn });
  assert.deepEqual([second.status, second.code], [402, 'ServiceQuotaExceededException']);
  await must('deleteStreamKey', { arn: streamKey.arn });
  const { streamKey: fresh } = await must('createStreamKey', { channelArn: channel.arn });
  assert.notEqual(fresh.value, streamKey.value);
});

test('two filters of listChannels are a conflict; each alone filters', async () => {
  const { call, must } = makeCaller();
  const { recordingConfiguration: { arn } } = await must('createRecordingConfiguration', { destinationConfiguration: { s3: { bucketName: 'bucket' } } });
  await must('createChannel', { name: 'a', recordingConfigurationArn: arn });
  await must('createChannel', { name: 'b' });
  const both = await call('listChannels', { filterByName: 'a', filterByRecordingConfigurationArn: arn });
  assert.deepEqual([both.status, both.code], [409, 'ConflictException']);
  const names = async (input) => (await must('listChannels', input)).channels.map(({ name }) => name);
  assert.deepEqual(await names({ filterByName: 'b' }), ['b']);
  assert.deepEqual(await names({ filterByRecordingConfigurationArn: arn }), ['a']);
});

test('a resource in use cannot be deleted; an empty ARN detaches it', async () => {
  /** @type {Record<string, [string, object]>} */
  const cases = {
    RecordingConfiguration: ['recordingConfigurationArn', { destinationConfiguration: { s3: { bucketName: 'bucket' } } }],
    PlaybackRestrictionPolicy: ['playbackRestrictionPolicyArn', {}],
    AdConfiguration: ['adConfigurationArn', { mediaTailorPlaybackConfigurations: [{}] }],
    FailoverSlateConfiguration: ['failoverSlateConfigurationArn', {}],
  };
  for (const [kind, [member, input]] of Object.entries(cases)) {
    const { call, must } = makeCaller();
    const [{ arn }] = Object.values(await must(`create${kind}`, input));
    const { channel } = await must('createChannel', { [member]: arn });
    const used = await call(`delete${kind}`, { arn });
    assert.deepEqual([used.status, used.code], [409, 'ConflictException'], kind);
    const detached = await must('updateChannel', { arn: channel.arn, [member]: '' });
    assert.equal(detached.channel[member], '', kind);
    assert.equal((await call(`delete${kind}`, { arn })).status, 204, kind);
    assert.equal((await call('updateChannel', { arn: channel.arn, [member]: arn })).code, 'ResourceNotFoundException', kind);
  }
});

test('a recording configuration becomes ACTIVE, or CREATE_FAILED for a failing bucket', async () => {
  const { ivs, time, must } = makeCaller();
  ivs.control.failBucket('missing');
  const make = async (bucketName) => (await must('createRecordingConfiguration', { destinationConfiguration: { s3: { bucketName } } })).recordingConfiguration;
  const [good, bad] = [await make('there'), await make('missing')];
  assert.deepEqual([good.state, bad.state], ['CREATING', 'CREATING']);
  time.now += 1000;
  const state = async ({ arn }) => (await must('getRecordingConfiguration', { arn })).recordingConfiguration.state;
  assert.deepEqual([await state(good), await state(bad)], ['ACTIVE', 'CREATE_FAILED']);
});

test('failover slates settle, and cannot be updated before', async () => {
  const { ivs, call, must } = makeCaller();
  const { failoverSlateConfiguration: made } = await must('createFailoverSlateConfiguration', {});
  assert.deepEqual([made.state, made.activationThresholdSeconds, made.minSlateDisplaySeconds, made.maxSlateDisplaySeconds], ['CREATING', 3, 3, 60]);
  assert.equal((await call('updateFailoverSlateConfiguration', { arn: made.arn, name: 'x' })).code, 'ConflictException');
  ivs.control.settle();
  assert.equal((await must('updateFailoverSlateConfiguration', { arn: made.arn, name: 'x' })).failoverSlateConfiguration.state, 'UPDATING');
  ivs.control.settle();
  assert.equal((await must('getFailoverSlateConfiguration', { arn: made.arn })).failoverSlateConfiguration.state, 'CREATED');
});

test('a stream: state, health, viewers, session, events, newest first', async () => {
  const { ivs, time, call, must } = makeCaller();
  const { channel: { arn: channelArn, playbackUrl } } = await must('createChannel');
  const off = await call('getStream', { channelArn });
  assert.deepEqual([off.status, off.code], [404, 'ChannelNotBroadcasting']);
  const { streamId } = ivs.control.goLive(channelArn, { viewerCount: 3 });
  assert.match(streamId, /^st-[a-zA-Z0-9]{23}$/);
  ivs.control.setStream(channelArn, { health: 'STARVING', viewerCount: 5 });
  assert.deepEqual((await must('getStream', { channelArn })).stream, {
    channelArn, streamId, playbackUrl, startTime: '2024-01-02T03:04:05Z', state: 'LIVE', health: 'STARVING', viewerCount: 5,
  });
  assert.equal((await must('listStreams', { filterBy: { health: 'HEALTHY' } })).streams.length, 0);
  assert.equal((await must('listStreams', { filterBy: { health: 'STARVING' } })).streams.length, 1);
  time.now += 60_000;
  ivs.control.endStream(channelArn);
  const { streamSession } = await must('getStreamSession', { channelArn });
  assert.equal(streamSession.endTime, '2024-01-02T03:05:05Z');
  assert.deepEqual(streamSession.truncatedEvents.map(({ name }) => name), ['Session Ended', 'Stream End', 'Starvation Start', 'Stream Start', 'Session Created']);
  const again = ivs.control.goLive(channelArn);
  const { streamSessions } = await must('listStreamSessions', { channelArn });
  assert.deepEqual(streamSessions.map((session) => [session.streamId, session.endTime === undefined]), [[again.streamId, true], [streamId, false]]);
  assert.equal((await call('getStreamSession', { channelArn, streamId: `st-${'x'.repeat(23)}` })).code, 'ResourceNotFoundException');
});

test('putMetadata counts bytes, not characters, and only on live channels', async () => {
  const { ivs, call, must } = makeCaller();
  const { channel: { arn: channelArn } } = await must('createChannel');
  assert.equal((await call('putMetadata', { channelArn, metadata: 'x' })).code, 'ChannelNotBroadcasting');
  ivs.control.goLive(channelArn);
  assert.equal((await call('putMetadata', { channelArn, metadata: 'é'.repeat(512) })).status, 204);
  assert.equal((await call('putMetadata', { channelArn, metadata: `${'é'.repeat(512)}x` })).code, 'ValidationException');
  assert.equal(ivs.control.journal().metadata.length, 1);
});

test('putMetadata: 5 a second for a channel, 155 for the account', async () => {
  const { ivs, time, call, must } = makeCaller();
  const channels = [];
  for (let i = 0; i < 32; i++) {
    const { channel } = await must('createChannel');
    ivs.control.goLive(channel.arn);
    channels.push(channel.arn);
  }
  const put = async (channelArn) => (await call('putMetadata', { channelArn, metadata: 'x' })).status;
  for (let i = 0; i < 5; i++) assert.equal(await put(channels[0]), 204);
  assert.equal(await put(channels[0]), 429);
  for (const channel of channels.slice(1, 31)) for (let i = 0; i < 5; i++) assert.equal(await put(channel), 204);
  const last = await call('putMetadata', { channelArn: channels[31], metadata: 'x' });
  assert.deepEqual([last.status, last.code], [429, 'ThrottlingException']);
  time.now += 999;
  assert.equal(await put(channels[0]), 429, 'the second is not over');
  time.now += 1;
  assert.equal(await put(channels[0]), 204);
});

test('tags: fifty at most, merged, removed, none beginning with aws:', async () => {
  const { call, must } = makeCaller();
  const { channel: { arn: resourceArn } } = await must('createChannel', { tags: { keep: '1', drop: '2' } });
  await must('tagResource', { resourceArn, tags: { 'team name': 'ä', keep: '3' } });
  await must('untagResource', { resourceArn, tagKeys: ['drop', 'never there'] });
  assert.deepEqual((await must('listTagsForResource', { resourceArn })).tags, { keep: '3', 'team name': 'ä' });
  assert.equal((await call('tagResource', { resourceArn, tags: { 'aws:x': '1' } })).code, 'ValidationException');
  const many = (from, count) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${from + i}`, 'v']));
  await must('tagResource', { resourceArn, tags: many(0, 48) });
  const over = await call('tagResource', { resourceArn, tags: { one: 'more' } });
  assert.deepEqual([over.status, over.code], [400, 'ValidationException']);
  assert.equal((await call('createChannel', { tags: many(0, 51) })).code, 'ValidationException');
  assert.equal((await call('listTagsForResource', { resourceArn: 'arn:aws:ivs:us-west-2:123456789012:channel/none' })).code, 'ResourceNotFoundException');
  assert.equal((await call('listTagsForResource', { resourceArn: 'channel' })).code, 'ValidationException');
});

test('playback keys: P-384 only, no two alike, three at most', async () => {
  const { call, must } = makeCaller();
  const { keyPair } = await must('importPlaybackKeyPair', { publicKeyMaterial: publicKey(1), name: 'one' });
  assert.match(keyPair.fingerprint, /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  assert.equal((await call('importPlaybackKeyPair', { publicKeyMaterial: publicKey(1) })).code, 'ConflictException');
  assert.equal((await call('importPlaybackKeyPair', { publicKeyMaterial: 'no key' })).code, 'ValidationException');
  await must('importPlaybackKeyPair', { publicKeyMaterial: publicKey(2) });
  await must('importPlaybackKeyPair', { publicKeyMaterial: publicKey(3) });
  const fourth = await call('importPlaybackKeyPair', { publicKeyMaterial: publicKey(4) });
  assert.deepEqual([fourth.status, fourth.code], [402, 'ServiceQuotaExceededException']);
});

test('quotas of the other resources', async () => {
  const quotas = { channels: 1, recordingConfigurations: 1, playbackRestrictionPolicies: 1, adConfigurations: 1, failoverSlateConfigurations: 1 };
  const { call, must } = makeCaller({ quotas });
  const inputs = {
    createChannel: {},
    createRecordingConfiguration: { destinationConfiguration: { s3: { bucketName: 'bucket' } } },
    createPlaybackRestrictionPolicy: {},
    createAdConfiguration: { mediaTailorPlaybackConfigurations: [{}] },
    createFailoverSlateConfiguration: {},
  };
  for (const [name, input] of Object.entries(inputs)) {
    await must(name, input);
    assert.equal((await call(name, input)).code, 'ServiceQuotaExceededException', name);
  }
});

test('ad breaks need a live channel and an ad configuration', async () => {
  const { ivs, call, must } = makeCaller();
  const { adConfiguration } = await must('createAdConfiguration', { mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn: 'arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/a' }] });
  const { channel: plain } = await must('createChannel');
  const { channel } = await must('createChannel', { adConfigurationArn: adConfiguration.arn });
  const insert = (channelArn, more) => call('insertAdBreak', { channelArn, durationSeconds: 30, ...more });
  assert.equal((await insert(channel.arn)).code, 'ChannelNotBroadcasting');
  ivs.control.goLive(plain.arn);
  ivs.control.goLive(channel.arn);
  assert.equal((await insert(plain.arn)).code, 'ConflictException');
  const { body } = await insert(channel.arn, { adBreakId: 'abcdefghijkl', targetStartAt: '2024-01-02T03:05:00Z' });
  assert.deepEqual(body, { adBreakId: 'abcdefghijkl', targetStartAt: '2024-01-02T03:05:00Z' });
  assert.equal((await insert(channel.arn, { adBreakId: 'abcdefghijkl' })).code, 'ConflictException');
  assert.equal((await insert(channel.arn, { targetStartAt: '2024-01-01T00:00:00Z' })).code, 'ValidationException');
  assert.equal((await insert(channel.arn)).body.adBreakId.length, 12);
});

test('revocations are kept, one by one and in batches with an error each', async () => {
  const { ivs, call, must } = makeCaller();
  const { channel: { arn: channelArn } } = await must('createChannel', { authorized: true });
  await must('startViewerSessionRevocation', { channelArn, viewerId: 'v1' });
  const other = `${channelArn}x`;
  const { errors } = await must('batchStartViewerSessionRevocation', { viewerSessions: [{ channelArn, viewerId: 'v2', viewerSessionVersionsLessThanOrEqualTo: 4 }, { channelArn: other, viewerId: 'v3' }] });
  assert.deepEqual(errors.map(({ channelArn, viewerId, code }) => [channelArn, viewerId, code]), [[other, 'v3', 'ResourceNotFoundException']]);
  assert.deepEqual(ivs.control.journal().revocations.map(({ viewerId }) => viewerId), ['v1', 'v2']);
  assert.equal((await call('startViewerSessionRevocation', { channelArn: other, viewerId: 'v' })).code, 'ResourceNotFoundException');
});

test('batch reads give what there is and an error for each other', async () => {
  const { must } = makeCaller();
  const { channel, streamKey } = await must('createChannel');
  const missing = `${channel.arn}x`;
  const { channels, errors } = await must('batchGetChannel', { arns: [missing, channel.arn] });
  assert.deepEqual([channels.map(({ arn }) => arn), errors.map(({ arn, code }) => [arn, code])], [[channel.arn], [[missing, 'ResourceNotFoundException']]]);
  assert.deepEqual((await must('batchGetStreamKey', { arns: [streamKey.arn] })).streamKeys[0].value, streamKey.value);
});

test('every example of the facts file runs in a furnished account', async () => {
  for (const [name, { example }] of Object.entries(operations)) {
    const { ivs, must } = makeCaller();
    await must(name, fillIn(example, await ivs.control.scene()));
  }
});
