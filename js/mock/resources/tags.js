// @ts-check
// Tags on any resource that has an ARN.
import { parseArn } from '../arn.js';
import { notFound, validation } from '../errors.js';
import { KINDS } from '../store.js';
import { find } from './lookup.js';

/** @typedef {import('./lookup.js').Context} Context */

/** @param {Record<string, string> | null | undefined} tags @param {Context['quotas']} quotas @param {Record<string, string>} [present] */
export function checkNewTags(tags, quotas, present = {}) {
  for (const key of Object.keys(tags ?? {})) {
    if (/^aws:/i.test(key)) throw validation(`Tag keys must not begin with aws: ${key}`);
  }
  const total = Object.keys({ ...present, ...tags }).length;
  if (total > quotas.tagsPerResource) {
    throw validation(`A resource can have at most ${quotas.tagsPerResource} tags, this would make ${total}`);
  }
}

/** @param {Context} ctx */
function tagged(ctx) {
  const arn = ctx.input.resourceArn;
  const kind = parseArn(arn)?.kind;
  if (!kind) throw validation(`Value '${arn}' at 'resourceArn' failed to satisfy constraint: Member must be the ARN of an IVS resource`);
  if (!KINDS.includes(kind)) throw notFound(arn);
  return find(ctx, kind, arn);
}

/** @param {Context} ctx */
export const listTagsForResource = (ctx) => ({ tags: tagged(ctx).tags });

/** @param {Context} ctx */
export function tagResource(ctx) {
  const item = tagged(ctx);
  checkNewTags(ctx.input.tags, ctx.quotas, item.tags);
  Object.assign(item.tags, ctx.input.tags);
}

/** @param {Context} ctx */
export function untagResource(ctx) {
  const item = tagged(ctx);
  for (const key of ctx.input.tagKeys) delete item.tags[key];
}
