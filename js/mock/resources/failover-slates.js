// @ts-check
// Failover slate configurations: what viewers see when the encoder falls silent. CREATING and UPDATING pass by themselves.
import { makeArn } from '../arn.js';
import { conflict, quotaExceeded } from '../errors.js';
import { page } from '../paging.js';
import { refuseIfUsed } from './channels.js';
import { find, pick } from './lookup.js';
import { checkNewTags } from './tags.js';

/** @typedef {import('./lookup.js').Context} Context */
const KIND = 'failover-slate-configuration';
const SETTINGS = ['name', 'activationThresholdSeconds', 'minSlateDisplaySeconds', 'maxSlateDisplaySeconds'];

/** @param {Context} ctx */
export function createFailoverSlateConfiguration(ctx) {
  const { input, store, ids, quotas, now, settleMs } = ctx;
  checkNewTags(input.tags, quotas);
  if (store.count(KIND) >= quotas.failoverSlateConfigurations) {
    throw quotaExceeded(`Failover slate configuration quota of ${quotas.failoverSlateConfigurations} exceeded`);
  }
  const item = store.add(KIND, {
    arn: makeArn(store.region, store.account, KIND, ids.resource()),
    name: '', activationThresholdSeconds: 3, minSlateDisplaySeconds: 3, maxSlateDisplaySeconds: 60,
    ...pick(input, SETTINGS),
    tags: { ...input.tags },
    doing: 'CREATING',
    readyAt: now + settleMs,
  });
  return { failoverSlateConfiguration: shown(ctx, item) };
}

/** @param {Context} ctx */
export const getFailoverSlateConfiguration = (ctx) => ({ failoverSlateConfiguration: shown(ctx, find(ctx, KIND, ctx.input.arn)) });

/** @param {Context} ctx */
export function listFailoverSlateConfigurations(ctx) {
  const { input, store } = ctx;
  const { items, nextToken } = page({ items: store.all(KIND), input, about: `listFailoverSlateConfigurations ${store.account} ${store.region}` });
  return { failoverSlateConfigurations: items.map((item) => shown(ctx, item)), nextToken };
}

/** @param {Context} ctx */
export function updateFailoverSlateConfiguration(ctx) {
  const { input, now, settleMs } = ctx;
  const item = find(ctx, KIND, input.arn);
  const { state } = shown(ctx, item);
  if (state !== 'CREATED') throw conflict(`${item.arn} is ${state} and cannot be updated`);
  Object.assign(item, pick(input, SETTINGS), { doing: 'UPDATING', readyAt: now + settleMs });
  return { failoverSlateConfiguration: shown(ctx, item) };
}

/** @param {Context} ctx */
export function deleteFailoverSlateConfiguration(ctx) {
  const item = find(ctx, KIND, ctx.input.arn);
  refuseIfUsed(ctx, 'failoverSlateConfigurationArn', item.arn);
  ctx.store.remove(KIND, item.arn);
}

/** @param {Context} ctx @param {any} item */
const shown = ({ now }, item) => ({ ...item, state: now >= item.readyAt ? 'CREATED' : item.doing });
