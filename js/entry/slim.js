// @ts-check
// The same API without the wasm, for those who serve it themselves: `provide` says where it is.
import { IVSError } from '../errors.js';
import { provide as use } from '../load.js';

use(() => { throw failed('no wasm was given: call provide() first'); }, true);

/**
 * Says where the wasm (ivs-wasm/ivs.wasm) comes from. Nothing is loaded before the first call or ready(). A function is called
 * then, and again should loading have failed.
 * @param {unknown} given URL, Response, WebAssembly.Module or bytes; a promise of one; or a function that gives one
 */
export function provide(given) {
  // Told to whoever makes a call; until then nobody need know.
  if (typeof /** @type {any} */ (given)?.then === 'function') /** @type {any} */ (given).then(undefined, () => {});
  use(() => {
    try {
      return open(typeof given === 'function' ? given() : given);
    } catch (cause) {
      throw cause instanceof IVSError ? cause : lost(cause);
    }
  });
}

/** Not async: where a Module is at hand (Workers) no request must wait for a promise of another one. @param {any} value @returns {any} */
function open(value) {
  if (typeof value?.then === 'function') return value.then(open, (/** @type {unknown} */ cause) => { throw lost(cause); });
  if (typeof value === 'string' || value instanceof URL) return download(String(value));
  switch (Object.prototype.toString.call(value)) {
    case '[object Response]': return compile(value);
    // What import() gives: `() => import('ivs-wasm/ivs.wasm')`, or with the suffix by which a bundler gives a URL.
    case '[object Module]': return open(value.default);
    case '[object WebAssembly.Module]': return value;
  }
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value;
  throw failed(`provide() takes a URL, a Response, a WebAssembly.Module or bytes, not ${value === null ? 'null' : typeof value}`);
}

/** @param {string} url */
async function download(url) {
  let response;
  try {
    response = await fetch(url);
  } catch (cause) {
    const hint = url.startsWith('file:') ? 'Read the file and give its bytes: provide(() => readFile(url)).' : undefined;
    throw failed(`${url} could not be fetched: ${cause}`, { hint }, cause);
  }
  return compile(response);
}

/**
 * Compiles while it downloads. Where that fails (the server calls the file something else than application/wasm, or a policy
 * forbids it) the bytes are handed on: compiling them works, or tells why not.
 * @param {Response} response
 */
async function compile(response) {
  if (!response.ok) {
    await response.body?.cancel(); // nobody will read it: give the connection back
    throw failed(`${response.url} answered ${response.status}`);
  }
  const copy = response.clone();
  try {
    const module = await WebAssembly.compileStreaming(response);
    await copy.body?.cancel();
    return module;
  } catch {
    return copy.arrayBuffer();
  }
}

/** Where the application's own function or promise failed. @param {unknown} cause */
const lost = (cause) => failed(`what provide() was given failed: ${cause}`, {}, cause);

/** @param {string} problem @param {Record<string, unknown>} [fields] @param {unknown} [cause] */
function failed(problem, fields, cause) {
  const error = new IVSError(`ivs-wasm cannot start: ${problem}`, { code: 'LoadError', ...fields });
  if (cause) Object.defineProperty(error, 'cause', { value: cause });
  return error;
}

export { IVS, IVS as default, ready } from '../ivs.js';
export { IVSError };
export {
  AccessDeniedException, ChannelNotBroadcasting, ConflictException, InternalServerException, PendingVerification,
  ResourceNotFoundException, ServiceQuotaExceededException, ServiceUnavailable, StreamUnavailable, ThrottlingException, ValidationException,
} from '../exceptions.js';
