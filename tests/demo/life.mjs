// @ts-check
// The life of a channel on the local endpoint, told by a client that is handed in: the same code in every runtime.
import { recorder } from './recorder.mjs';

/** How many channels are paged through. */
const CHANNELS = 120;

/**
 * @param {new (options: object) => any} IVS
 * @param {{ endpoint: string, region: string, credentials: object }} input
 */
export async function life(IVS, { endpoint, region, credentials }) {
  const ivs = new IVS({ endpoint, region, credentials });
  const { rows, step, aside } = recorder();
  /** What no API call can do: the encoder's part, and a fault on purpose. @param {string} name @param {object} args */
  const control = (name, args) => fetch(`${endpoint}/__control/${name}`, { method: 'POST', body: JSON.stringify(args) });

  const created = await step('createChannel', () => ivs.createChannel({ name: 'demo', tags: { team: 'video' } }));
  const arn = created?.channel.arn;
  const got = await step('getChannel', () => ivs.getChannel({ arn }));
  const listed = await step('listChannels', () => ivs.listChannels({ filterByName: 'demo' }));

  aside('(an encoder connects)');
  await control('goLive', { channelArn: arn, viewerCount: 7 });
  await step('putMetadata', () => ivs.putMetadata({ channelArn: arn, metadata: '{"question":7}' }));
  const live = await step('getStream', () => ivs.getStream({ channelArn: arn }));
  const session = await step('getStreamSession', () => ivs.getStreamSession({ channelArn: arn }));
  await step('tagResource', () => ivs.tagResource({ resourceArn: arn, tags: { 'cost centre': 'Zürich 7' } }));
  await step('untagResource', () => ivs.untagResource({ resourceArn: arn, tagKeys: ['team'] }));
  const tags = await step('listTagsForResource', () => ivs.listTagsForResource({ resourceArn: arn }));
  await step('startViewerSessionRevocation', () => ivs.startViewerSessionRevocation({ channelArn: arn, viewerId: 'viewer-1' }));

  const more = await step(`createChannel × ${CHANNELS - 1}`, () =>
    Promise.all(Array.from({ length: CHANNELS - 1 }, (_, i) => ivs.createChannel({ name: `demo-${i + 2}` }))));
  const pages = await step('paginateListChannels', async () => {
    const all = [];
    for await (const page of ivs.paginateListChannels({}, { pageSize: 50 })) all.push(page);
    return all;
  });

  await step('createChannel, two mistakes', () => ivs.createChannel({ nmae: 'typing error', authorized: 'yes' }));
  await step('getChannel, unknown ARN', () => ivs.getChannel({ arn: `${arn}Unknown` }));
  await step('deleteChannel, still live', () => ivs.deleteChannel({ arn }));
  await control('fault', { operation: 'listChannels', error: 'ThrottlingException' });
  await step('listChannels, throttled once', () => ivs.listChannels({ maxResults: 1 }));

  await step('stopStream', () => ivs.stopStream({ channelArn: arn }));
  await step('deleteChannel', () => ivs.deleteChannel({ arn }));
  await step(`deleteChannel × ${CHANNELS - 1}`, () =>
    Promise.all((more ?? []).map(({ channel }) => ivs.deleteChannel({ arn: channel.arn }))));
  const left = await step('listChannels', () => ivs.listChannels());

  return {
    rows,
    found: {
      listed: listed?.channels.map((/** @type {any} */ channel) => channel.arn === arn),
      name: got?.channel.name,
      viewers: live?.stream.viewerCount,
      started: live?.stream.startTime instanceof Date,
      sameStream: session?.streamSession.streamId === live?.stream.streamId,
      tags: tags?.tags,
      pages: pages?.map((page) => page.channels.length),
      different: new Set(pages?.flatMap((page) => page.channels).map((channel) => channel.arn)).size,
      left: left?.channels.length,
    },
  };
}
