// @ts-check
// The part of the walk that changes nothing, for a server that is not ours: what there is, and details of the first of each kind.
import { recorder } from './recorder.mjs';

/** Long enough for a slow line, short enough for a wrong address. */
const TIMEOUT = 20_000;

/**
 * @param {new (options: object) => any} IVS
 * @param {{ endpoint?: string, region: string, credentials: object }} input
 */
export async function look(IVS, { endpoint, region, credentials }) {
  const ivs = new IVS({ ...(endpoint && { endpoint }), region, credentials, timeout: TIMEOUT });
  const { rows, step } = recorder();
  const firstPage = { maxResults: 5 };

  const channels = await step('listChannels', () => ivs.listChannels(firstPage));
  const arn = channels?.channels[0]?.arn;
  if (arn) {
    await step('getChannel', () => ivs.getChannel({ arn }));
    await step('batchGetChannel', () => ivs.batchGetChannel({ arns: channels.channels.map((/** @type {any} */ one) => one.arn) }));
    await step('listTagsForResource', () => ivs.listTagsForResource({ resourceArn: arn }));
    await step('listStreamKeys', () => ivs.listStreamKeys({ channelArn: arn, ...firstPage }));
    const sessions = await step('listStreamSessions', () => ivs.listStreamSessions({ channelArn: arn, ...firstPage }));
    const streamId = sessions?.streamSessions[0]?.streamId;
    if (streamId) await step('getStreamSession', () => ivs.getStreamSession({ channelArn: arn, streamId }));
  }
  const streams = await step('listStreams', () => ivs.listStreams(firstPage));
  const channelArn = streams?.streams[0]?.channelArn;
  if (channelArn) await step('getStream', () => ivs.getStream({ channelArn }));
  await step('listRecordingConfigurations', () => ivs.listRecordingConfigurations(firstPage));
  await step('listPlaybackKeyPairs', () => ivs.listPlaybackKeyPairs(firstPage));
  await step('listPlaybackRestrictionPolicies', () => ivs.listPlaybackRestrictionPolicies(firstPage));
  await step('getChannel without an ARN', () => ivs.getChannel({}));
  return { rows };
}
