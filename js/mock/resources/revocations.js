// @ts-check
// Revoking viewers' sessions on private channels. The endpoint keeps a list; there is no player to disconnect.
import { ServiceError } from '../errors.js';
import { BATCH_HEADERS, find } from './lookup.js';

/** @typedef {import('./lookup.js').Context} Context */

/** @param {Context} ctx @param {any} session */
function revoke(ctx, { channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo = 0 }) {
  find(ctx, 'channel', channelArn);
  ctx.store.journal.revocations.push({ channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo, at: ctx.now });
}

/** @param {Context} ctx */
export function startViewerSessionRevocation(ctx) {
  revoke(ctx, ctx.input);
}

/** @param {Context} ctx */
export function batchStartViewerSessionRevocation(ctx) {
  const errors = [];
  for (const session of ctx.input.viewerSessions) {
    try {
      revoke(ctx, session);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      errors.push({ channelArn: session.channelArn, viewerId: session.viewerId, code: error.code, message: error.message });
    }
  }
  return { ...BATCH_HEADERS, errors };
}
