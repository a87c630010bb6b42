// @ts-check
// Stream keys: the secret that lets an encoder send to a channel. One per channel.
import { makeArn } from '../arn.js';
import { quotaExceeded } from '../errors.js';
import { page } from '../paging.js';
import { checkNewTags } from './tags.js';
import { BATCH_HEADERS, batch, find } from './lookup.js';

/** @typedef {import('./lookup.js').Context} Context */

/** @param {Context} ctx @param {string} channelArn */
export const keysOf = ({ store }, channelArn) => store.all('stream-key').filter((key) => key.channelArn === channelArn);

/** @param {Context} ctx @param {string} channelArn @param {Record<string, string>} tags */
export function addStreamKey({ store, ids }, channelArn, tags) {
  return store.add('stream-key', {
    arn: makeArn(store.region, store.account, 'stream-key', ids.resource()),
    value: ids.streamKey(store.region),
    channelArn,
    tags: { ...tags },
  });
}

/** @param {Context} ctx */
export function createStreamKey(ctx) {
  const { input, quotas } = ctx;
  checkNewTags(input.tags, quotas);
  const channel = find(ctx, 'channel', input.channelArn);
  if (keysOf(ctx, channel.arn).length >= quotas.streamKeysPerChannel) {
    throw quotaExceeded(`Stream key quota of ${quotas.streamKeysPerChannel} per channel exceeded for ${channel.arn}`);
  }
  return { streamKey: addStreamKey(ctx, channel.arn, input.tags) };
}

/** @param {Context} ctx */
export const getStreamKey = (ctx) => ({ streamKey: find(ctx, 'stream-key', ctx.input.arn) });

/** @param {Context} ctx */
export function batchGetStreamKey(ctx) {
  const { found, errors } = batch(ctx.input.arns, (arn) => find(ctx, 'stream-key', arn));
  return { ...BATCH_HEADERS, streamKeys: found, errors };
}

/** @param {Context} ctx */
export function listStreamKeys(ctx) {
  const { input, store } = ctx;
  const channel = find(ctx, 'channel', input.channelArn);
  const { items: streamKeys, nextToken } = page({
    items: keysOf(ctx, channel.arn), input, about: `listStreamKeys ${store.account} ${channel.arn}`, fallback: 1,
  });
  return { streamKeys, nextToken };
}

/** @param {Context} ctx */
export function deleteStreamKey(ctx) {
  ctx.store.remove('stream-key', find(ctx, 'stream-key', ctx.input.arn).arn);
}
