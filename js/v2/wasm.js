// @ts-check
// The core as ivs-wasm/v2 has it (src/v2): questions and answers of text, which take no time. Loaded at the first call, and
// anew should it ever trap: nothing is kept in it that a call needs.
import { IVSError, make, words } from '../errors.js';

/** @typedef {() => WebAssembly.Module | BufferSource | Promise<WebAssembly.Module | BufferSource>} Source */

/** @type {Source} */
let source;
/** @type {WebAssembly.Module | undefined} */
let compiled;
/** @type {any} */
let core;
/** @type {Promise<void> | undefined} */
let loading;
/** Made with the first instance: an import does nothing. @type {TextEncoder} */
let encoder;
/** @type {TextDecoder} */
let decoder;

/** Says where the wasm comes from; nothing is loaded yet. @param {Source} from */
export function provide(from) {
  source = from;
}

/** Loads the core. Gives a promise if there is something to wait for. @returns {Promise<void> | undefined} */
export function load() {
  if (core) return;
  if (compiled || loading) return compiled ? begin(compiled) : loading;
  const given = source();
  // Where the runtime hands over a Module (Workers) nothing is awaited, so that no request waits for another one's promise.
  if (Object.prototype.toString.call(given) === '[object WebAssembly.Module]') return begin(/** @type {any} */ (given));
  return (loading = open(given).finally(() => (loading = undefined)));
}

/** @param {any} given */
async function open(given) {
  try {
    given = await given;
  } catch (cause) {
    throw failed(cause, '');
  }
  try {
    compiled = await WebAssembly.compile(given);
  } catch (cause) {
    throw failed(cause, 'the WebAssembly could not be compiled: ');
  }
  begin(/** @type {WebAssembly.Module} */ (compiled));
}

/** @param {WebAssembly.Module} from @returns {undefined} */
function begin(from) {
  try {
    core = new WebAssembly.Instance(compiled = from).exports;
    encoder ??= new TextEncoder();
    decoder ??= new TextDecoder('utf-8', { ignoreBOM: true });
  } catch (cause) {
    throw failed(cause, '');
  }
}

/** @param {any} cause @param {string} problem */
function failed(cause, problem) {
  if (cause instanceof IVSError) return cause;
  const hint = /unsafe-eval|Content Security Policy|disallowed by embedder/.test(cause)
    ? "Allow WebAssembly: add 'wasm-unsafe-eval' to script-src in the Content-Security-Policy." : undefined;
  return failure(`ivs-wasm cannot start: ${problem}${cause}`, { code: 'LoadError', hint }, cause);
}

/** @param {string} message @param {any} fields @param {unknown} cause */
function failure(message, fields, cause) {
  const error = new IVSError(message, fields);
  Object.defineProperty(error, 'cause', { value: cause });
  return error;
}

/** Does something with the core; what it throws is a trap. @template T @param {() => T} what @returns {T} */
function guarded(what) {
  load();
  try {
    return what();
  } catch (cause) {
    core = undefined;
    throw failure('ivs-wasm stopped inside WebAssembly; this call was lost, the next one starts anew', { code: 'InternalError', retryable: true }, cause);
  }
}

/**
 * Asks the core; src/v2/mod.rs has the list of questions. Throws the error that it answers with.
 * @param {number} question
 * @param {number} number
 * @param {unknown[]} parts a line each; the last one may have several
 * @param {unknown} [cause] of an error
 * @returns {string}
 */
function ask(question, number, parts, cause) {
  const last = parts.pop();
  const lines = parts.map((part) => `${text(part).replace(/\n/g, ' ')}\n`);
  let isError = false;
  const answer = guarded(() => {
    const given = encoder.encode(lines.join('') + text(last));
    const place = core.place(given.length);
    new Uint8Array(core.memory.buffer, place).set(given);
    const length = core.ask(question, number);
    isError = length < 0;
    return decoder.decode(new Uint8Array(core.memory.buffer, core.answered(), isError ? ~length : length));
  });
  if (isError) throw make(answer, cause);
  return answer;
}

/** What is no text counts as none. @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value : '');

/** Headers as lines, with the line that ends them. @param {any} headers @param {(value: any) => string | null} shown */
const lines = (headers, shown) => [...Object.entries(headers ?? {}).map(([name, value]) => ((value = shown(value)) === null ? name : `${name}:${value}`)), ''];

/** @param {number} bits @param {string} operation @param {string} region @param {string} params */
export const check = (bits, operation, region, params) => ask(0, bits, [operation, region, params]);

/** Method, path and, if there is one, the body. @param {string} operation @param {string} params */
export const build = (operation, params) => ask(1, 0, [operation, params]);

/** @param {unknown} body */
export const hash = (body) => ask(2, 0, [body]);

/**
 * The headers that sign a request; or, where there is the header presigned-expires, the query string that does.
 * @param {any} keys @param {any} request @param {string} service its signing name @param {any} headers those to sign @param {number} now
 * @returns {any}
 */
export const sign = ({ accessKeyId, secretAccessKey, sessionToken }, { region, method, path, body }, service, headers, now) =>
  made(ask(3, now, [accessKeyId, secretAccessKey, sessionToken, region, service, method, path,
    ...lines(headers, (value) => (value == null ? null : String(value))), body]));

/** @param {string} text */
const made = (text) => (text[0] === '{' ? JSON.parse(text) : text);

/** Where timestamps are, and the result as JSON. @param {string} operation @param {any} headers @param {string} body */
export function decode(operation, headers, body) {
  const made = ask(4, 0, [operation, ...lines(headers, text), body]);
  const end = made.indexOf('\n');
  return [made.slice(0, end), made.slice(end + 1)];
}

/** The error in an answer. @param {any} answer @param {string} body @returns {any} */
export const refusal = ({ statusCode, statusMessage, headers }, body) =>
  caught(() => ask(5, statusCode, [headers?.['x-amzn-errortype'], statusMessage, body]));

/** The error of an answer that did not come. @param {{ end: number, ms?: number, thrown?: any }} how @returns {any} */
export const loss = ({ end, ms, thrown }) => caught(() => ask(6, ms ?? 0, [`${end}`, words(thrown, 'Network Failure')], thrown));

/** @param {() => unknown} asked */
function caught(asked) {
  try {
    asked();
  } catch (error) {
    return error;
  }
}

/** The bits of traits(). */
export const TRAITS = { retryable: 1, throttled: 2, expired: 4, skewed: 8, signatureExpired: 16 };

/** What kind of error it is. @param {any} error */
export const traits = ({ code, message, statusCode }) => Number(ask(7, Number(statusCode) || 0, [String(code ?? ''), String(message ?? '')]));

/** The delay before a retry. @param {number} retry @param {any} options `base` and `customBackoff` @param {any} error */
export function delay(retry, options, error) {
  const { base, customBackoff } = options ?? {};
  if (typeof customBackoff === 'function') return customBackoff(retry, error);
  return guarded(() => core.pause(retry, typeof base === 'number' ? base : NaN, Math.random()));
}

/** The number of the state that follows; -1 at the end. @param {number} state @param {boolean} failed @returns {number} */
export const next = (state, failed) => guarded(() => core.next(state, failed));
