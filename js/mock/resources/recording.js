// @ts-check
// Recording configurations: CREATING for a moment, then ACTIVE, or CREATE_FAILED when the bucket cannot be used.
import { makeArn } from '../arn.js';
import { quotaExceeded, validation } from '../errors.js';
import { page } from '../paging.js';
import { refuseIfUsed } from './channels.js';
import { find, pick } from './lookup.js';
import { checkNewTags } from './tags.js';

/** @typedef {import('./lookup.js').Context} Context */
const KIND = 'recording-configuration';

/** @param {Context} ctx */
export function createRecordingConfiguration(ctx) {
  const { input, store, ids, quotas, now, settleMs } = ctx;
  checkNewTags(input.tags, quotas);
  const bucket = input.destinationConfiguration.s3?.bucketName;
  if (!bucket) throw validation("Value null at 'destinationConfiguration.s3' failed to satisfy constraint: Member must not be null");
  checkRenditions(input.renditionConfiguration);
  if (store.count(KIND) >= quotas.recordingConfigurations) {
    throw quotaExceeded(`Recording configuration quota of ${quotas.recordingConfigurations} exceeded`);
  }
  const item = store.add(KIND, {
    arn: makeArn(store.region, store.account, KIND, ids.resource()),
    name: '',
    recordingReconnectWindowSeconds: 0,
    ...pick(input, ['name', 'destinationConfiguration', 'recordingReconnectWindowSeconds']),
    thumbnailConfiguration: thumbnails(input.thumbnailConfiguration),
    renditionConfiguration: { renditionSelection: 'ALL', renditions: [], ...input.renditionConfiguration },
    tags: { ...input.tags },
    readyAt: now + settleMs,
  });
  return { recordingConfiguration: shown(ctx, item) };
}

/** @param {Context} ctx */
export const getRecordingConfiguration = (ctx) => ({ recordingConfiguration: shown(ctx, find(ctx, KIND, ctx.input.arn)) });

/** @param {Context} ctx */
export function listRecordingConfigurations(ctx) {
  const { input, store } = ctx;
  const { items, nextToken } = page({ items: store.all(KIND), input, about: `listRecordingConfigurations ${store.account} ${store.region}` });
  return { recordingConfigurations: items.map((item) => shown(ctx, item)), nextToken };
}

/** @param {Context} ctx */
export function deleteRecordingConfiguration(ctx) {
  const item = find(ctx, KIND, ctx.input.arn);
  refuseIfUsed(ctx, 'recordingConfigurationArn', item.arn);
  ctx.store.remove(KIND, item.arn);
}

/** @param {Context} ctx @param {any} item */
function shown({ now, failingBuckets }, item) {
  const done = failingBuckets.has(item.destinationConfiguration.s3.bucketName) ? 'CREATE_FAILED' : 'ACTIVE';
  // The outcome is fixed once it is reached: a bucket that appears later repairs nothing.
  if (now >= item.readyAt) item.outcome ??= done;
  return { ...item, state: item.outcome ?? 'CREATING' };
}

/** @param {any} asked */
function thumbnails(asked) {
  const whole = { recordingMode: 'INTERVAL', storage: ['SEQUENTIAL'], ...asked };
  return whole.recordingMode === 'INTERVAL' ? { targetIntervalSeconds: 60, ...whole } : whole;
}

/** @param {any} asked */
function checkRenditions(asked) {
  if (asked?.renditionSelection === 'CUSTOM' && !asked.renditions?.length) {
    throw validation('renditionConfiguration.renditions must be specified when renditionSelection is CUSTOM');
  }
}
