// @ts-check
// Errors as JavaScript wants them. This file is also compiled into the wasm glue as it stands, so it imports nothing.

/** Constructors by code; exceptions.js fills it from the model. @type {Record<string, typeof IVSError>} */
export const byCode = Object.create(null);

/** Members that the body of an answer never overrides. */
const RESERVED = new Set(['name', 'message', 'stack', 'code', 'cause', 'time', 'statusCode', 'requestId', 'retryable', 'retryDelay',
  'region', 'hostname', 'hint', 'errors', 'originalError', '$metadata', 'toString', 'constructor', '__proto__']);

/** Everything that goes wrong in a call. `code` is stable, `message` is for people. */
export class IVSError extends Error {
  /**
   * @param {string} message
   * @param {Record<string, unknown>} [fields]
   */
  constructor(message, fields) {
    super(message);
    hide(this, 'name', fields?.code ?? 'IVSError');
    if (fields) {
      // Made when the answer arrives, deep inside the wasm: frames that say nothing to anyone.
      hide(this, 'stack', `${this.name}: ${message}`);
    }
    this.code = this.name;
    /** @type {Date} */
    this.time = new Date();
    if (fields) {
      for (const key of ['statusCode', 'requestId', 'retryable', 'retryDelay', 'region', 'hostname', 'hint', 'errors', 'originalError']) {
        if (fields[key] !== undefined) /** @type {any} */ (this)[key] = fields[key];
      }
    }
  }
}

/**
 * Sets a property that is not shown.
 * @param {object} target
 * @param {string} key
 * @param {unknown} value
 */
export function hide(target, key, value) {
  Object.defineProperty(target, key, { value, writable: true, configurable: true });
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
  } finally {
    if (quiet) Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  }
}

/** @param {string} json @param {unknown} cause */
function build(json, cause) {
  const fields = JSON.parse(json);
  const { code, message, $metadata, body, errors, originalError } = fields;
  if (errors) fields.errors = errors.map((/** @type {any} */ one) => new IVSError(one.message, one));
  if (originalError) fields.originalError = new IVSError(originalError.message, originalError);
  const error = new (byCode[code] ?? IVSError)(message, fields);
  hide(error, '$metadata', $metadata);
  if (cause !== undefined) hide(error, 'cause', cause);
  if (body) {
    const members = JSON.parse(body);
    for (const key of Object.keys(members)) if (!RESERVED.has(key)) hide(error, key, members[key]);
  }
  return error;
}
