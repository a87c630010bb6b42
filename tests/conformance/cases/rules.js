// @ts-check
// What the AWS.IVS reference page and the user guide say of the operations, seen through the client.
import { equal, ok, refused } from '../expect.js';

const BUCKET = { destinationConfiguration: { s3: { bucketName: 'my-recordings' } } };

/** @param {any} client @param {any} [input] */
const newChannel = async (client, input = {}) => (await client.createChannel(input)).channel.arn;

/** @type {import('../suite.js').Case[]} */
export const rules = [
  {
    name: 'createChannel makes a stream key',
    needs: ['createChannel', 'getStreamKey'],
    async body({ client }) {
      const ivs = client();
      const { channel, streamKey } = await ivs.createChannel({ name: 'first' });
      equal(streamKey.channelArn, channel.arn, 'the key is the channel’s');
      equal((await ivs.getStreamKey({ arn: streamKey.arn })).streamKey.value, streamKey.value, 'the key can be read');
    },
  },
  {
    name: 'a second createStreamKey on a channel fails',
    needs: ['createChannel', 'createStreamKey', 'deleteStreamKey'],
    async body({ client }) {
      const ivs = client();
      const { channel, streamKey } = await ivs.createChannel({});
      await refused(ivs.createStreamKey({ channelArn: channel.arn }), 'ServiceQuotaExceededException', 402);
      await ivs.deleteStreamKey({ arn: streamKey.arn });
      ok((await ivs.createStreamKey({ channelArn: channel.arn })).streamKey.value !== streamKey.value, 'a reset key is a new one');
    },
  },
  {
    name: 'deleteChannel on a live channel is a ConflictException',
    needs: ['createChannel', 'deleteChannel', 'stopStream', 'getChannel'],
    async body({ client, control }) {
      const ivs = client();
      const arn = await newChannel(ivs);
      await control('goLive', { channelArn: arn });
      await refused(ivs.deleteChannel({ arn }), 'ConflictException', 409);
      await refused(ivs.updateChannel({ arn, name: 'x' }), 'ConflictException', 409, 'updating it is one too');
      await ivs.stopStream({ channelArn: arn });
      await ivs.deleteChannel({ arn });
      await refused(ivs.getChannel({ arn }), 'ResourceNotFoundException', 404);
    },
  },
  {
    name: 'a recording configuration in use cannot be deleted until an empty ARN detaches it',
    needs: ['createRecordingConfiguration', 'createChannel', 'updateChannel', 'deleteRecordingConfiguration'],
    async body({ client }) {
      const ivs = client();
      const { recordingConfiguration: { arn } } = await ivs.createRecordingConfiguration(BUCKET);
      const channel = await newChannel(ivs, { recordingConfigurationArn: arn });
      await refused(ivs.deleteRecordingConfiguration({ arn }), 'ConflictException', 409);
      const updated = await ivs.updateChannel({ arn: channel, recordingConfigurationArn: '' });
      equal(updated.channel.recordingConfigurationArn, '', 'detached');
      await ivs.deleteRecordingConfiguration({ arn });
    },
  },
  {
    name: 'recording configurations become ACTIVE or CREATE_FAILED',
    needs: ['createRecordingConfiguration', 'getRecordingConfiguration'],
    async body({ client, control }) {
      const ivs = client();
      await control('failBucket', { bucketName: 'not-there' });
      const made = [];
      for (const bucketName of ['there', 'not-there']) {
        const { recordingConfiguration } = await ivs.createRecordingConfiguration({ destinationConfiguration: { s3: { bucketName } } });
        equal(recordingConfiguration.state, 'CREATING', bucketName);
        made.push(recordingConfiguration.arn);
      }
      await control('settle');
      const states = await Promise.all(made.map(async (arn) => (await ivs.getRecordingConfiguration({ arn })).recordingConfiguration.state));
      equal(states, ['ACTIVE', 'CREATE_FAILED'], 'states');
    },
  },
  {
    name: 'listChannels with both filters is a ConflictException',
    needs: ['listChannels'],
    async body({ client }) {
      const filters = { filterByName: 'a', filterByRecordingConfigurationArn: 'arn:aws:ivs:us-west-2:123456789012:recording-configuration/abc' };
      await refused(client().listChannels(filters), 'ConflictException', 409);
    },
  },
  {
    name: 'at most 50 tags, with any letters; untagging takes several keys',
    needs: ['createChannel', 'tagResource', 'untagResource', 'listTagsForResource'],
    async body({ client }) {
      const ivs = client();
      const resourceArn = await newChannel(ivs, { tags: { 'team name': 'Ärzte: +1 @ home', 'a+b=c': '1', plain: 'x' } });
      await ivs.untagResource({ resourceArn, tagKeys: ['team name', 'a+b=c'] });
      equal((await ivs.listTagsForResource({ resourceArn })).tags, { plain: 'x' }, 'tags that are left');
      const more = Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`key ${i}`, 'v']));
      await ivs.tagResource({ resourceArn, tags: more });
      await refused(ivs.tagResource({ resourceArn, tags: { one: 'more' } }), 'ValidationException', 400);
      await refused(ivs.listTagsForResource({ resourceArn: `${resourceArn}x` }), 'ResourceNotFoundException', 404);
    },
  },
  {
    name: 'streams: not live, live, starving, ended, with a session of dates and events',
    needs: ['createChannel', 'getStream', 'listStreams', 'stopStream', 'getStreamSession', 'listStreamSessions'],
    async body({ client, control }) {
      const ivs = client();
      const channelArn = await newChannel(ivs, { name: 'stage' });
      await refused(ivs.getStream({ channelArn }), 'ChannelNotBroadcasting', 404);
      await refused(ivs.stopStream({ channelArn }), 'ChannelNotBroadcasting', 404);
      const { streamId } = await control('goLive', { channelArn, viewerCount: 7 });
      await control('setStream', { channelArn, health: 'STARVING' });
      const { stream } = await ivs.getStream({ channelArn });
      equal([stream.state, stream.health, stream.viewerCount, stream.streamId], ['LIVE', 'STARVING', 7, streamId], 'stream');
      ok(stream.startTime instanceof Date, 'startTime is a Date');
      equal((await ivs.listStreams({ filterBy: { health: 'HEALTHY' } })).streams, [], 'no healthy streams');
      await ivs.stopStream({ channelArn });
      const { streamSession } = await ivs.getStreamSession({ channelArn, streamId });
      ok(streamSession.endTime >= streamSession.startTime, 'it ended after it began');
      equal(streamSession.truncatedEvents.map((/** @type {any} */ event) => event.name).slice(0, 2), ['Session Ended', 'Stream End'], 'events, newest first');
      equal((await ivs.listStreamSessions({ channelArn })).streamSessions.length, 1, 'sessions');
    },
  },
  {
    name: 'putMetadata: only live, at most 1 KB in UTF-8 bytes',
    needs: ['createChannel', 'putMetadata'],
    async body({ client, control }) {
      const ivs = client();
      const channelArn = await newChannel(ivs);
      await refused(ivs.putMetadata({ channelArn, metadata: 'x' }), 'ChannelNotBroadcasting', 404);
      await control('goLive', { channelArn });
      const metadata = '\u{1F3A5}'.repeat(256);
      equal(await bare(ivs.putMetadata({ channelArn, metadata })), {}, 'an answer without a body');
      await refused(ivs.putMetadata({ channelArn, metadata: `${metadata}x` }), 'ValidationException', 400);
      equal((await control('journal')).metadata.map((/** @type {any} */ entry) => entry.metadata), [metadata], 'what arrived');
    },
  },
  {
    name: 'putMetadata: the sixth within a second is throttled',
    needs: ['createChannel', 'putMetadata'],
    async body({ client, control }) {
      const ivs = client({ maxAttempts: 1 });
      const channelArn = await newChannel(ivs);
      await control('goLive', { channelArn });
      await control('setQuotas', { metadataPerChannel: 1 });
      await ivs.putMetadata({ channelArn, metadata: 'x' });
      await refused(ivs.putMetadata({ channelArn, metadata: 'x' }), 'ThrottlingException', 429);
    },
  },
  {
    name: 'a throttled call is sent again and succeeds',
    needs: ['listChannels'],
    async body({ client, control }) {
      await control('fault', { operation: 'listChannels', error: 'ThrottlingException' });
      equal((await client().listChannels({})).channels, [], 'the answer of the second attempt');
      equal((await control('calls')).map((/** @type {any} */ call) => call.status), [429, 200], 'attempts');
    },
  },
  {
    name: 'playback keys: imported once, three at most',
    needs: ['importPlaybackKeyPair', 'getPlaybackKeyPair', 'deletePlaybackKeyPair'],
    async body({ client, control }) {
      const ivs = client();
      const { publicKeyMaterial, playbackKeyPairArn } = await control('scene');
      const { keyPair } = await ivs.importPlaybackKeyPair({ publicKeyMaterial, name: 'second' });
      equal((await ivs.getPlaybackKeyPair({ arn: keyPair.arn })).keyPair.fingerprint, keyPair.fingerprint, 'fingerprint');
      await refused(ivs.importPlaybackKeyPair({ publicKeyMaterial }), 'ConflictException', 409);
      await refused(ivs.importPlaybackKeyPair({ publicKeyMaterial: 'none' }), 'ValidationException', 400);
      await control('setQuotas', { playbackKeyPairs: 2 });
      await ivs.deletePlaybackKeyPair({ arn: playbackKeyPairArn });
      await refused(ivs.getPlaybackKeyPair({ arn: playbackKeyPairArn }), 'ResourceNotFoundException', 404);
    },
  },
  {
    name: 'batch operations give what there is and an error for each other',
    needs: ['batchGetChannel', 'batchGetStreamKey', 'batchStartViewerSessionRevocation'],
    async body({ client, control }) {
      const ivs = client();
      const { channelArn, streamKeyArn } = await control('scene');
      const other = `${channelArn}x`;
      const got = await ivs.batchGetChannel({ arns: [other, channelArn] });
      equal([got.channels.map((/** @type {any} */ one) => one.arn), got.errors.map((/** @type {any} */ one) => [one.arn, one.code])], [[channelArn], [[other, 'ResourceNotFoundException']]], 'channels');
      equal((await ivs.batchGetStreamKey({ arns: [streamKeyArn] })).streamKeys.length, 1, 'keys');
      const { errors } = await ivs.batchStartViewerSessionRevocation({ viewerSessions: [{ channelArn: other, viewerId: 'v' }, { channelArn, viewerId: 'w' }] });
      equal(errors.map((/** @type {any} */ one) => one.viewerId), ['v'], 'errors');
      equal((await control('journal')).revocations.map((/** @type {any} */ one) => one.viewerId), ['w'], 'revoked');
    },
  },
  {
    name: 'ad breaks need a live channel with an ad configuration',
    needs: ['createChannel', 'insertAdBreak'],
    async body({ client, control }) {
      const ivs = client();
      const { channelArn, liveChannelArn } = await control('scene');
      await refused(ivs.insertAdBreak({ channelArn, durationSeconds: 30 }), 'ChannelNotBroadcasting', 404);
      await control('goLive', { channelArn });
      await refused(ivs.insertAdBreak({ channelArn, durationSeconds: 30 }), 'ConflictException', 409);
      equal((await ivs.insertAdBreak({ channelArn: liveChannelArn, durationSeconds: 30 })).adBreakId.length, 12, 'length of the id');
    },
  },
  {
    name: 'everything wrong with an input is said in one ValidationException',
    needs: ['createChannel'],
    async body({ client, traits }) {
      const found = await refused(client().createChannel({ name: 'two words', type: 'BEST' }), 'ValidationException', 400);
      const text = found.error[traits.text];
      ok(/^2 validation errors detected: /.test(text) && text.includes("at 'name'") && text.includes("at 'type'"), `text: ${text}`);
    },
  },
  {
    name: 'what policy and verification refuse',
    needs: ['createChannel', 'getChannel'],
    async body({ client, control }) {
      const ivs = client();
      await control('deny', { operations: ['GetChannel'] });
      await refused(ivs.getChannel({ arn: 'arn:aws:ivs:us-west-2:123456789012:channel/abc' }), 'AccessDeniedException', 403);
      await refused(ivs.getChannel({ arn: 'arn:aws:ivs:us-west-2:999999999999:channel/abc' }), 'AccessDeniedException', 403);
      await control('pendingVerification', { pending: true });
      await refused(ivs.createChannel({}), 'PendingVerification', 403);
    },
  },
];

/** What remains of an answer without a client's own additions. @param {Promise<any>} promise */
async function bare(promise) {
  const { $metadata, ...rest } = await promise;
  return rest;
}
