// @ts-check
// What is measured: parameters, and the answers that the stub gives.

const ARN = 'arn:aws:ivs:us-west-2:123456789012:channel/';
const START = '2026-03-04T05:06:07Z';

/** Parameters of putMetadata whose JSON has `bytes` bytes. @param {number} bytes */
export function metadata(bytes) {
  const params = { channelArn: `${ARN}abcdABCDefgh`, metadata: '' };
  params.metadata = 'm'.repeat(bytes - JSON.stringify(params).length);
  return params;
}

/** @param {number} count */
const arns = (count) => Array.from({ length: count }, (_, i) => `${ARN}${String(i).padStart(12, 'a')}`);

/** An answer of listStreams with so many streams. @param {number} count */
export const streams = (count) => ({
  streams: arns(count).map((channelArn, i) => ({
    channelArn, streamId: `st-${i}`, state: 'LIVE', health: 'HEALTHY', viewerCount: i * 7, startTime: START,
  })),
  nextToken: 'bmV4dA==',
});

/** The same value with the members of every object in reverse order. @param {any} value @returns {any} */
export const reversed = (value) => {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, item]) => [key, reversed(item)]));
};

const video = {
  avcProfile: 'High', avcLevel: '4.2', codec: 'avc1.64002A', encoder: 'obs-output module (libobs version 30.0)', targetBitrate: 8_500_000,
  targetFramerate: 60, videoHeight: 1080, videoWidth: 1920,
};
const audio = { codec: 'mp4a.40.2', targetBitrate: 160_000, sampleRate: 48_000, channels: 2 };

/** An answer of getStreamSession with everything in it, 500 events included. */
export const session = {
  streamSession: {
    streamId: 'st-1A2b3c4D5e6F', startTime: START, endTime: '2026-03-04T09:06:07Z',
    channel: {
      arn: arns(1)[0], name: 'main stage', latencyMode: 'LOW', type: 'STANDARD', recordingConfigurationArn: '', ingestEndpoint: 'a.global-contribute.live-video.net',
      playbackUrl: 'https://a.us-west-2.playback.live-video.net/api/video/v1/us-west-2.123456789012.channel.a.m3u8', authorized: false,
      tags: { team: 'events', stage: 'main' }, insecureIngest: false, preset: '',
    },
    ingestConfiguration: { video, audio },
    recordingConfiguration: {
      arn: 'arn:aws:ivs:us-west-2:123456789012:recording-configuration/a', name: 'archive', destinationConfiguration: { s3: { bucketName: 'archive' } },
      state: 'ACTIVE', tags: {}, thumbnailConfiguration: { recordingMode: 'INTERVAL', targetIntervalSeconds: 60 }, recordingReconnectWindowSeconds: 60,
    },
    truncatedEvents: Array.from({ length: 500 }, (_, i) => ({
      name: ['Stream Start', 'Starvation Start', 'Starvation End', 'Session Ended'][i % 4], type: 'IVS Stream Health Change', eventTime: START,
    })),
  },
};

const NOT_FOUND = { exceptionMessage: 'Resource: arn was not found' };
const WRONG = { arns: Array.from({ length: 50 }, () => ({})) };

/**
 * @typedef {{ id: string, title: string, slow?: boolean, only?: 'checks' | 'decodes' | 'errors', fails?: boolean, signs?: boolean, buildsRequest?: boolean,
 *   operation: string, params: any, answer: [status: number, body?: unknown, headers?: Record<string, string>] }} Case
 */
/** @type {Case[]} */
export const cases = [
  { id: 'call-300', title: 'call, 300 B', operation: 'putMetadata', params: metadata(300), answer: [204] },
  { id: 'call-1k', title: 'call, 1 KB', operation: 'putMetadata', params: metadata(1024), answer: [204] },
  { id: 'call-arns', title: 'call, 50 ARNs (3 KB)', operation: 'batchGetChannel', params: { arns: arns(50) }, answer: [200, {}] },
  { id: 'call-300-request', title: 'call, 300 B, Request built', buildsRequest: true, operation: 'putMetadata', params: metadata(300), answer: [204] },
  { id: 'sign-300', title: 'sign, 300 B', signs: true, operation: 'putMetadata', params: metadata(300), answer: [204] },
  { id: 'sign-1k', title: 'sign, 1 KB', signs: true, operation: 'putMetadata', params: metadata(1024), answer: [204] },
  { id: 'decode-streams', title: 'decode listStreams, 100 items', only: 'decodes', operation: 'listStreams', params: {}, answer: [200, streams(100)] },
  { id: 'decode-reversed', title: 'the same, members in reverse order', only: 'decodes', operation: 'listStreams', params: {}, answer: [200, reversed(streams(100))] },
  { id: 'decode-session', title: 'decode getStreamSession, 500 events', only: 'decodes', operation: 'getStreamSession', params: { channelArn: arns(1)[0] }, answer: [200, session] },
  { id: 'error', title: 'error answer, 404', only: 'errors', fails: true, operation: 'putMetadata', params: metadata(300),
    answer: [404, NOT_FOUND, { 'x-amzn-errortype': 'ResourceNotFoundException' }] },
  { id: 'validate', title: 'refuse 50 wrong ARNs', only: 'checks', fails: true, operation: 'batchGetChannel', params: WRONG, answer: [200, {}] },
];
