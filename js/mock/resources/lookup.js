// @ts-check
// Finding things by ARN, with the answers IVS gives when they cannot be had.
import { parseArn } from '../arn.js';
import { notFound, ServiceError } from '../errors.js';

/**
 * What a handler gets: the account's store, the validated input and the endpoint's facilities.
 * @typedef {{ operation: string, input: any, store: import('../store.js').Store, now: number, ids: ReturnType<typeof import('../ids.js').makeIds>,
 *   quotas: typeof import('../quotas.js').defaultQuotas, settleMs: number, failingBuckets: Set<string>,
 *   rates: ReturnType<typeof import('../rate.js').makeRates> }} Context
 */

/** Another account's things are out of bounds, not absent. @param {Context} ctx @param {string} arn */
export function checkAccount({ store, operation }, arn) {
  const parsed = parseArn(arn);
  if (parsed && parsed.account !== store.account) {
    const action = operation[0].toUpperCase() + operation.slice(1);
    throw new ServiceError('AccessDeniedException', `User: arn:aws:iam::${store.account}:root is not authorized to perform: ivs:${action} on resource: ${arn}`);
  }
}

/** @param {Context} ctx @param {string} kind @param {string} arn */
export function find(ctx, kind, arn) {
  checkAccount(ctx, arn);
  const item = ctx.store.get(kind, arn);
  if (!item) throw notFound(arn);
  return item;
}

/** The session that is on the air, if any. @param {Context} ctx @param {string} channelArn */
export function liveSession(ctx, channelArn) {
  const last = ctx.store.sessions.get(channelArn)?.at(-1);
  return last && last.endTime === undefined ? last : undefined;
}

/** Copies the named members that are present. @param {any} from @param {string[]} names */
export function pick(from, names) {
  /** @type {Record<string, any>} */
  const out = {};
  for (const name of names) if (from[name] !== undefined && from[name] !== null) out[name] = from[name];
  return out;
}

/** Runs one lookup per ARN; what fails becomes an entry of errors. @param {string[]} arns @param {(arn: string) => any} get */
export function batch(arns, get) {
  const found = [];
  const errors = [];
  for (const arn of arns) {
    try {
      found.push(get(arn));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      errors.push({ arn, code: error.code, message: error.message });
    }
  }
  return { found, errors };
}

/** Header members of the batch operations' answers. */
export const BATCH_HEADERS = {
  cacheControl: 'no-store, no-cache',
  contentSecurityPolicy: "default-src 'self'; upgrade-insecure-requests",
  strictTransportSecurity: 'max-age=47304000; includeSubDomains',
  xContentTypeOptions: 'nosniff',
  xFrameOptions: 'SAMEORIGIN',
};
