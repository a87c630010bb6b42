// @ts-check
// Playback restriction policies: from which countries and pages a channel may be watched.
import { makeArn } from '../arn.js';
import { quotaExceeded, validation } from '../errors.js';
import { page } from '../paging.js';
import { refuseIfUsed } from './channels.js';
import { find, pick } from './lookup.js';
import { checkNewTags } from './tags.js';

/** @typedef {import('./lookup.js').Context} Context */
const KIND = 'playback-restriction-policy';
const SETTINGS = ['name', 'allowedCountries', 'allowedOrigins', 'enableStrictOriginEnforcement'];

/** @param {Context} ctx */
export function createPlaybackRestrictionPolicy({ input, store, ids, quotas }) {
  checkNewTags(input.tags, quotas);
  checkCountries(input.allowedCountries);
  if (store.count(KIND) >= quotas.playbackRestrictionPolicies) {
    throw quotaExceeded(`Playback restriction policy quota of ${quotas.playbackRestrictionPolicies} exceeded`);
  }
  const playbackRestrictionPolicy = store.add(KIND, {
    arn: makeArn(store.region, store.account, KIND, ids.resource()),
    name: '', allowedCountries: [], allowedOrigins: [], enableStrictOriginEnforcement: false,
    ...pick(input, SETTINGS),
    tags: { ...input.tags },
  });
  return { playbackRestrictionPolicy };
}

/** @param {Context} ctx */
export const getPlaybackRestrictionPolicy = (ctx) => ({ playbackRestrictionPolicy: find(ctx, KIND, ctx.input.arn) });

/** @param {Context} ctx */
export function listPlaybackRestrictionPolicies({ input, store }) {
  const { items: playbackRestrictionPolicies, nextToken } = page({
    items: store.all(KIND), input, about: `listPlaybackRestrictionPolicies ${store.account} ${store.region}`, fallback: 1,
  });
  return { playbackRestrictionPolicies, nextToken };
}

/** @param {Context} ctx */
export function updatePlaybackRestrictionPolicy(ctx) {
  checkCountries(ctx.input.allowedCountries);
  const policy = find(ctx, KIND, ctx.input.arn);
  return { playbackRestrictionPolicy: Object.assign(policy, pick(ctx.input, SETTINGS)) };
}

/** @param {Context} ctx */
export function deletePlaybackRestrictionPolicy(ctx) {
  const policy = find(ctx, KIND, ctx.input.arn);
  refuseIfUsed(ctx, 'playbackRestrictionPolicyArn', policy.arn);
  ctx.store.remove(KIND, policy.arn);
}

/** Two capital letters: the form of ISO 3166-1 alpha-2. @param {string[] | null | undefined} countries */
function checkCountries(countries) {
  const wrong = (countries ?? []).filter((code) => !/^[A-Z]{2}$/.test(code));
  if (wrong.length) throw validation(`allowedCountries must be ISO 3166-1 alpha-2 codes, got ${wrong.join(', ')}`);
}
