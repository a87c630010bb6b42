// @ts-check
// Ad configurations, and ad breaks in the stream that is on the air.
import { makeArn } from '../arn.js';
import { conflict, notBroadcasting, quotaExceeded, validation } from '../errors.js';
import { page } from '../paging.js';
import { refuseIfUsed } from './channels.js';
import { find, liveSession, pick } from './lookup.js';
import { checkNewTags } from './tags.js';

/** @typedef {import('./lookup.js').Context} Context */
const KIND = 'ad-configuration';
const SETTINGS = ['name', 'mediaTailorPlaybackConfigurations', 'postRollConfiguration'];

/** @param {Context} ctx */
export function createAdConfiguration({ input, store, ids, quotas }) {
  checkNewTags(input.tags, quotas);
  if (store.count(KIND) >= quotas.adConfigurations) {
    throw quotaExceeded(`Ad configuration quota of ${quotas.adConfigurations} exceeded`);
  }
  const adConfiguration = store.add(KIND, {
    arn: makeArn(store.region, store.account, KIND, ids.resource()),
    name: '',
    ...pick(input, SETTINGS),
    tags: { ...input.tags },
  });
  return { adConfiguration };
}

/** @param {Context} ctx */
export const getAdConfiguration = (ctx) => ({ adConfiguration: find(ctx, KIND, ctx.input.arn) });

/** @param {Context} ctx */
export function listAdConfigurations({ input, store }) {
  const { items: adConfigurations, nextToken } = page({ items: store.all(KIND), input, about: `listAdConfigurations ${store.account} ${store.region}` });
  return { adConfigurations, nextToken };
}

/** @param {Context} ctx */
export function updateAdConfiguration(ctx) {
  return { adConfiguration: Object.assign(find(ctx, KIND, ctx.input.arn), pick(ctx.input, SETTINGS)) };
}

/** @param {Context} ctx */
export function deleteAdConfiguration(ctx) {
  const item = find(ctx, KIND, ctx.input.arn);
  refuseIfUsed(ctx, 'adConfigurationArn', item.arn);
  ctx.store.remove(KIND, item.arn);
}

/** @param {Context} ctx */
export function insertAdBreak(ctx) {
  const { input, store, ids, now } = ctx;
  const channel = find(ctx, 'channel', input.channelArn);
  if (!liveSession(ctx, channel.arn)) throw notBroadcasting(channel.arn);
  if (!channel.adConfigurationArn) throw conflict(`Channel: ${channel.arn} has no ad configuration`);
  const targetStartAt = input.targetStartAt === undefined ? now : readTime(input.targetStartAt);
  if (targetStartAt < now - 1000) throw validation("Value at 'targetStartAt' failed to satisfy constraint: Member must not be in the past");
  const adBreakId = input.adBreakId ?? ids.adBreak();
  if (store.journal.adBreaks.some((one) => one.channelArn === channel.arn && one.adBreakId === adBreakId)) {
    throw conflict(`Ad break ${adBreakId} exists already on channel ${channel.arn}`);
  }
  store.journal.adBreaks.push({ channelArn: channel.arn, adBreakId, targetStartAt, durationSeconds: input.durationSeconds });
  return { adBreakId, targetStartAt };
}

/** Times come as ISO 8601 text or as seconds since 1970. @param {string | number} value */
const readTime = (value) => (typeof value === 'number' ? value * 1000 : Date.parse(value));
