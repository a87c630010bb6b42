// @ts-check
// Errors as JavaScript wants them. This file is also compiled into the wasm glue as it stands, so it imports nothing.

/** Constructors by code; exceptions.js fills it from the model. @type {Record<string, typeof IVSError>} */
export const byCode = Object.create(null);

/** What is known of an error besides its code and message, in the order in which it is shown. */
const FIELDS = 'statusCode requestId retryable retryDelay region hostname hint errors originalError'.split(' ');

/** Members that the body of an answer never overrides. */
const RESERVED = new Set([...FIELDS, ...'name message stack code cause time $metadata toString constructor __proto__'.split(' ')]);

/** Everything that goes wrong in a call. `code` is stable, `message` is for people. */
export class IVSError extends Error {
  static {
    // Of those that no call had attempts for.
    hide(this.prototype, '$metadata', { attempts: 0, totalRetryDelay: 0 });
  }

  /**
   * @param {string} message
   * @param {Record<string, unknown>} [fields] `code`, what else is shown, and the `cause` if there is one
   */
  constructor(message, fields) {
    super(message, fields);
    // As in SDK v2: logs that are JSON have it, too.
    hide(this, 'message', message, true);
    hide(this, 'name', fields?.code ?? 'IVSError');
    // Made when the answer arrives, deep inside the wasm: frames that say nothing to anyone. Those that do are added by `traced`.
    if (fields) hide(this, 'stack', `${this.name}: ${message}`);
    this.code = this.name;
    /** @type {Date} */
    this.time = new Date();
    for (const key of FIELDS) if (fields?.[key] != null) /** @type {any} */ (this)[key] = fields[key];
  }
}

/**
 * Sets a property that is not shown, or is all the same.
 * @param {object} target
 * @param {PropertyKey} key
 * @param {unknown} value
 * @param {boolean} [enumerable]
 */
export function hide(target, key, value, enumerable) {
  Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true });
}

/**
 * An error with the frames of now: engines see from here who awaits the call, which is what its reader wants to know.
 * @param {any} error
 * @param {Function} from what called this and is no frame for users
 */
export function traced(error, from) {
  Error.captureStackTrace?.(error, from);
  return error;
}

/**
 * An error of what JavaScript itself found wrong, with its frames.
 * @param {string} message
 * @param {Record<string, unknown>} fields
 * @returns {IVSError}
 */
export const failure = (message, fields) => traced(new IVSError(message, fields), failure);

/** What is thrown where a signal ends a wait. @param {unknown} cause its reason */
export const aborted = (cause) => failure('Request aborted by user', { code: 'RequestAbortedError', retryable: false, cause });

/**
 * What something that was thrown says: its `message`, or itself as text.
 * @param {any} thrown
 * @param {string} otherwise
 */
export function words(thrown, otherwise) {
  try {
    if (typeof thrown === 'object') thrown = thrown.message;
  } catch { /* null, or a getter that throws */ }
  return typeof thrown === 'string' ? thrown : otherwise;
}

/**
 * Makes the error that the core describes.
 * @param {string} json
 * @param {unknown} cause what a transport, a provider or a parameter threw
 * @returns {IVSError}
 */
export function make(json, cause) {
  // The stack is replaced in any case; without frames an error costs a tenth (V8; elsewhere this does nothing).
  const { stackTraceLimit } = Error;
  const quiet = stackTraceLimit !== undefined && Reflect.set(Error, 'stackTraceLimit', 0);
  try {
    return build(json, cause);
  } catch (thrown) {
    // Only a page that has spoilt its own constructors comes here.
    return /** @type {IVSError} */ (thrown);
  } finally {
    if (quiet) Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  }
}

/** @param {string} json @param {unknown} cause */
function build(json, cause) {
  // What is null or empty is not known; the module of ivs-wasm/v2 leaves out most of that.
  const fields = JSON.parse(json);
  const { code, message, statusCode, requestId, body, errors, originalError, $metadata } = fields;
  const part = (/** @type {any} */ one) => new IVSError(one.message, one);
  fields.errors = errors?.[0] && errors.map(part);
  fields.originalError = originalError?.code && part(originalError);
  if (cause !== undefined) fields.cause = cause;
  const error = new (byCode[code] ?? IVSError)(message, fields);
  if ($metadata) hide(error, '$metadata', { httpStatusCode: statusCode ?? undefined, requestId: requestId ?? undefined, ...$metadata });
  if (body) {
    const members = JSON.parse(body);
    for (const key of Object.keys(members)) if (!RESERVED.has(key)) hide(error, key, members[key]);
  }
  return error;
}
