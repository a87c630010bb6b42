// @ts-check
// Channels: what a broadcaster sends to and viewers watch.
import { makeArn } from '../arn.js';
import { conflict, quotaExceeded, validation } from '../errors.js';
import { hostLabel } from '../ids.js';
import { page } from '../paging.js';
import { checkNewTags } from './tags.js';
import { addStreamKey, keysOf } from './stream-keys.js';
import { BATCH_HEADERS, batch, find, liveSession, pick } from './lookup.js';

/** @typedef {import('./lookup.js').Context} Context */

const SETTINGS = ['name', 'latencyMode', 'type', 'authorized', 'insecureIngest', 'preset', 'multitrackInputConfiguration', 'containerFormat'];

/** Members of a channel that refer to another resource; an empty string means none. */
const REFERENCES = /** @type {const} */ ({
  recordingConfigurationArn: 'recording-configuration',
  playbackRestrictionPolicyArn: 'playback-restriction-policy',
  adConfigurationArn: 'ad-configuration',
  failoverSlateConfigurationArn: 'failover-slate-configuration',
});

/** @param {Context} ctx */
export function createChannel(ctx) {
  const { input, store, ids, quotas } = ctx;
  checkNewTags(input.tags, quotas);
  if (store.count('channel') >= quotas.channels) {
    throw quotaExceeded(`Channel quota of ${quotas.channels} exceeded`);
  }
  const id = ids.resource();
  const label = hostLabel(store.account, store.region);
  const channel = {
    arn: makeArn(store.region, store.account, 'channel', id),
    name: '', latencyMode: 'LOW', type: 'STANDARD', authorized: false, insecureIngest: false,
    ...emptyReferences(),
    ...pick(input, SETTINGS),
    ...references(ctx),
    ingestEndpoint: `${label}.global-contribute.live-video.net`,
    playbackUrl: `https://${label}.${store.region}.playback.live-video.net/api/video/v1/${store.region}.${store.account}.channel.${id}.m3u8`,
    srt: { endpoint: `${label}.srt.live-video.net`, passphrase: input.insecureIngest ? undefined : ids.passphrase() },
    tags: { ...input.tags },
  };
  settle(channel, input);
  const added = store.add('channel', channel);
  return { channel: added, streamKey: addStreamKey(ctx, added.arn, {}) };
}

/** @param {Context} ctx */
export const getChannel = (ctx) => ({ channel: find(ctx, 'channel', ctx.input.arn) });

/** @param {Context} ctx */
export function batchGetChannel(ctx) {
  const { found, errors } = batch(ctx.input.arns, (arn) => find(ctx, 'channel', arn));
  return { ...BATCH_HEADERS, channels: found, errors };
}

/** @param {Context} ctx */
export function listChannels({ input, store }) {
  const filters = Object.keys(input).filter((name) => name.startsWith('filterBy') && input[name] !== null);
  if (filters.length > 1) {
    throw conflict(`Filters are mutually exclusive and cannot be used together: ${filters.join(', ')}`);
  }
  const [filter] = filters;
  const member = filter && filter[8].toLowerCase() + filter.slice(9);
  const items = store.all('channel').filter((channel) => !member || channel[member] === input[filter]);
  const { items: channels, nextToken } = page({
    items, input, about: `listChannels ${store.account} ${store.region} ${filter ? `${filter}=${input[filter]}` : ''}`,
  });
  return { channels, nextToken };
}

/** @param {Context} ctx */
export function updateChannel(ctx) {
  const { input, ids } = ctx;
  const channel = find(ctx, 'channel', input.arn);
  if (liveSession(ctx, channel.arn)) throw conflict(`Channel: ${channel.arn} is live and cannot be updated`);
  const changed = { ...channel, ...pick(input, SETTINGS), ...references(ctx) };
  settle(changed, input);
  changed.srt = { ...channel.srt, passphrase: changed.insecureIngest ? undefined : channel.srt.passphrase ?? ids.passphrase() };
  return { channel: Object.assign(channel, changed) };
}

/** @param {Context} ctx */
export function deleteChannel(ctx) {
  const { input, store } = ctx;
  const channel = find(ctx, 'channel', input.arn);
  if (liveSession(ctx, channel.arn)) throw conflict(`Channel: ${channel.arn} is live and cannot be deleted`);
  for (const key of keysOf(ctx, channel.arn)) store.remove('stream-key', key.arn);
  store.sessions.delete(channel.arn);
  store.remove('channel', channel.arn);
}

/** Channels that point at this ARN. @param {Context} ctx @param {keyof typeof REFERENCES} member @param {string} arn */
export function refuseIfUsed(ctx, member, arn) {
  const user = ctx.store.all('channel').find((channel) => channel[member] === arn);
  if (user) throw conflict(`${arn} is associated with channel ${user.arn}`);
}

const emptyReferences = () => Object.fromEntries(Object.keys(REFERENCES).map((member) => [member, '']));

/** @param {Context} ctx */
function references(ctx) {
  const given = pick(ctx.input, Object.keys(REFERENCES));
  for (const [member, arn] of Object.entries(given)) {
    if (arn !== '') find(ctx, REFERENCES[/** @type {keyof typeof REFERENCES} */ (member)], arn);
  }
  return given;
}

/** Rules between members. @param {any} channel @param {any} input */
function settle(channel, input) {
  const advanced = channel.type.startsWith('ADVANCED_');
  if (input.preset && !advanced) throw validation(`preset cannot be set for channel type ${channel.type}`);
  channel.preset = advanced ? channel.preset || 'HIGHER_BANDWIDTH_DELIVERY' : '';
  const multitrack = channel.multitrackInputConfiguration;
  if (multitrack?.enabled) {
    if (channel.type !== 'STANDARD') throw validation('multitrack input can be enabled only for channel type STANDARD');
    if (channel.containerFormat !== 'FRAGMENTED_MP4') throw validation('multitrack input requires containerFormat FRAGMENTED_MP4');
    if (!multitrack.policy || !multitrack.maximumResolution) throw validation('multitrack input requires policy and maximumResolution');
  }
  channel.containerFormat ??= 'TS';
}
