// @ts-check
// Streams: what is on the air now, and the sessions of the past.
import { notBroadcasting, notFound } from '../errors.js';
import { page } from '../paging.js';
import { endSession } from './sessions.js';
import { find, liveSession } from './lookup.js';

/** @typedef {import('./lookup.js').Context} Context */

/** @param {any} session */
const asStream = (session) => ({
  channelArn: session.channel.arn,
  streamId: session.streamId,
  playbackUrl: session.channel.playbackUrl,
  startTime: session.startTime,
  state: 'LIVE',
  health: session.health,
  viewerCount: session.viewerCount,
});

/** @param {Context} ctx */
function onAir(ctx) {
  const channel = find(ctx, 'channel', ctx.input.channelArn);
  const session = liveSession(ctx, channel.arn);
  if (!session) throw notBroadcasting(channel.arn);
  return session;
}

/** @param {Context} ctx */
export const getStream = (ctx) => ({ stream: asStream(onAir(ctx)) });

/** @param {Context} ctx */
export function stopStream(ctx) {
  endSession(onAir(ctx), ctx.now);
}

/** @param {Context} ctx */
export function listStreams(ctx) {
  const { input, store } = ctx;
  const health = input.filterBy?.health;
  const live = store.all('channel').map((channel) => liveSession(ctx, channel.arn)).filter(Boolean);
  const items = live.filter((session) => !health || session.health === health);
  const { items: shown, nextToken } = page({
    items, input, about: `listStreams ${store.account} ${store.region} ${health ?? ''}`,
  });
  return { streams: shown.map(asStream), nextToken };
}

/** @param {Context} ctx */
export function listStreamSessions(ctx) {
  const { input, store } = ctx;
  const channel = find(ctx, 'channel', input.channelArn);
  const { items: streamSessions, nextToken } = page({
    items: store.sessions.get(channel.arn) ?? [], input, about: `listStreamSessions ${store.account} ${channel.arn}`, newestFirst: true,
  });
  return { streamSessions, nextToken };
}

/** @param {Context} ctx */
export function getStreamSession(ctx) {
  const channel = find(ctx, 'channel', ctx.input.channelArn);
  const sessions = ctx.store.sessions.get(channel.arn) ?? [];
  const { streamId } = ctx.input;
  const session = streamId ? sessions.find((one) => one.streamId === streamId) : sessions.at(-1);
  if (!session) throw notFound(streamId ? `${channel.arn} stream ${streamId}` : `${channel.arn} has no stream session`);
  // The newest event comes first, and at most 500 are kept.
  return { streamSession: { ...session, truncatedEvents: [...session.events].reverse().slice(0, 500) } };
}
