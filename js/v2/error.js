// @ts-check
// Errors as SDK v2 has them: plain Errors with enumerable `message`, `code` and `time`, and a hidden `name`.
import { IVSError } from '../errors.js';

/**
 * Gives an error these fields; an earlier message is kept as `originalError`.
 * @param {any} error
 * @param {any} [fields] or the message
 * @returns {any}
 */
export function error(error, fields) {
  const given = typeof fields === 'string' ? { message: fields } : fields ?? {};
  const original = error.message && given.message ? { ...error, message: error.message } : undefined;
  const message = given.message || error.message || null;
  Object.assign(error, given);
  if (given.code || given.name) error.code = given.code || given.name;
  Object.defineProperty(error, 'message', { value: message, enumerable: true, writable: true, configurable: true });
  hide(error, 'name', String(given.name || (Object.hasOwn(error, 'name') && error.name) || error.code || 'Error'));
  error.time = new Date();
  if (original) error.originalError = original;
  // Of what a listener threw: it says where.
  if (Object.hasOwn(given, 'stack')) hide(error, 'stack', given.stack);
  return error;
}

/** @param {any} target @param {string} key @param {unknown} value */
export function hide(target, key, value) {
  Object.defineProperty(target, key, { value, writable: true, configurable: true, enumerable: false });
}

/**
 * An error of the core in the form of v2. What v2 does not have stays readable and is not enumerable.
 * @param {any} error
 * @param {string} [body] the answer that it was read from, if that is an object
 */
export function ofCore(error, body = '{}') {
  if (!(error instanceof IVSError)) return error;
  const mine = /** @type {any} */ (error);
  Object.defineProperty(mine, 'message', { value: mine.message, enumerable: true, writable: true, configurable: true });
  if (mine.hint) hide(mine, 'hint', mine.hint);
  for (const one of [mine.originalError, ...(mine.errors ?? [])]) if (one) ofCore(one);
  for (const key of Object.keys(JSON.parse(body))) {
    // As in v2 the members of an error's body are not shown, but told of.
    const own = Object.getOwnPropertyDescriptor(mine, key);
    if (own && !own.enumerable && key !== 'name') mine[`[${key}]`] = `See error.${key} for details.`;
  }
  return mine;
}
