// @ts-check
// Timed metadata for the stream that is on the air.
import { notBroadcasting, throttled, validation } from '../errors.js';
import { find, liveSession } from './lookup.js';

/** @typedef {import('./lookup.js').Context} Context */

/** @param {Context} ctx */
export function putMetadata(ctx) {
  const { input, quotas, rates, store, now } = ctx;
  // The limit is of bytes: half as many characters where each takes two.
  const size = new TextEncoder().encode(input.metadata).length;
  if (size > quotas.metadataBytes) {
    throw validation(`Value at 'metadata' failed to satisfy constraint: Member must have at most ${quotas.metadataBytes} bytes, it has ${size}`);
  }
  const channel = find(ctx, 'channel', input.channelArn);
  const session = liveSession(ctx, channel.arn);
  if (!session) throw notBroadcasting(channel.arn);
  if (!rates.take(`metadata ${channel.arn}`, quotas.metadataPerChannel)) {
    throw throttled(`PutMetadata is limited to ${quotas.metadataPerChannel} requests a second for each channel`);
  }
  if (!rates.take(`metadata ${store.account} ${store.region}`, quotas.metadataPerAccount)) {
    throw throttled(`PutMetadata is limited to ${quotas.metadataPerAccount} requests a second for each account`);
  }
  store.journal.metadata.push({ channelArn: channel.arn, streamId: session.streamId, metadata: input.metadata, at: now });
}
