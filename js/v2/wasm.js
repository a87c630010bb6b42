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

/** What is no text counts as none. @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value : '');

/** Where a question of so many bytes is to be written. @param {number} length */
const put = (length) => {
  const place = core.place(length);
  return new Uint8Array(core.memory.buffer, place, length);
};

/**
 * Asks the core; src/v2/mod.rs has the list of questions.
 * @param {number} question
 * @param {number} number
 * @param {unknown[]} parts a line each; the last one may have several
 * @returns {string}
 */
function ask(question, number, parts) {
  const last = text(parts.pop());
  let given = '';
  for (const part of parts) given += `${text(part).replaceAll('\n', ' ')}\n`;
  given += last;
  return guarded(() => {
    // Enough for ASCII. Else what was written is overwritten, since it may be a secret, and made anew.
    const room = put(given.length);
    if (encoder.encodeInto(given, room).read < given.length) {
      room.fill(0);
      const bytes = encoder.encode(given);
      put(bytes.length).set(bytes);
    }
    const length = core.ask(question, number);
    return decoder.decode(new Uint8Array(core.memory.buffer, core.answered(), length));
  });
}

/**
 * Has the work of a state done. Gives what is to be changed (src/v2/edit.rs has the list), with the text behind it, and the error made.
 * @param {number} question
 * @param {number} number
 * @param {unknown[]} parts
 * @param {unknown} [cause] of an error
 * @returns {any}
 */
export function step(question, number, parts, cause) {
  const answer = ask(question, number, parts);
  const end = answer.indexOf('\n');
  const edit = JSON.parse(answer.slice(0, end));
  edit.text = answer.slice(end + 1);
  if (edit.error) edit.error = make(edit.text, cause);
  return edit;
}

/** Headers as lines, with the line that ends them. @param {any} headers */
export const lines = (headers) => [...Object.entries(headers ?? {}).map(([name, value]) => (value == null ? name : `${name}:${value}`)), ''];

/** What a signature is made of. @param {any} keys @param {any} request @param {Record<string, any>} headers its own @param {string} service its signing name */
export const signable = (keys, { region, method, path, body }, headers, service) =>
  [keys?.accessKeyId, keys?.secretAccessKey, keys?.sessionToken, region, service, method, path, ...lines(headers), body];

/** The bits of traits(). */
export const TRAITS = { retryable: 1, throttled: 2, expired: 4, skewed: 8, signatureExpired: 16, lost: 32, late: 64, token: 128 };

/** What was asked last of an error, and what was said: each listener asks anew. */
let [asked, told] = ['', 0];

/** What kind of error it is. @param {any} error */
export function traits({ code, message, statusCode }) {
  const parts = [code ?? '', message ?? ''].map(String);
  const question = [statusCode, ...parts].join(' ');
  if (asked !== question) [asked, told] = [question, Number(ask(15, Number(statusCode) || 0, parts))];
  return told;
}

/** The delay before a retry. @param {number} retry @param {any} options `base` and `customBackoff` @param {any} error */
export function delay(retry, options, error) {
  const { base, customBackoff } = options ?? {};
  if (typeof customBackoff === 'function') return customBackoff(retry, error);
  return guarded(() => core.pause(retry, typeof base === 'number' ? base : NaN, Math.random()));
}

/** Whether there is another attempt. @param {unknown} retryable @param {any} response @param {unknown} [wait] milliseconds until then @returns {boolean} */
export function again(retryable, { retryCount, maxRetries }, wait = 0) {
  const numbers = [retryCount, maxRetries, wait].map(Number);
  return guarded(() => core.retried(Boolean(retryable), ...numbers)) > 0;
}

/** The place that follows (src/v2/states.rs). @param {number} place @param {boolean} failed @returns {number} */
export const next = (place, failed) => guarded(() => core.next(place, failed));

/** How long the body of an answer may be. @returns {number} */
export const most = () => guarded(() => core.most());

/** Whether two clocks are too far apart for signatures. @param {number} ours @param {number} theirs */
export const apart = (ours, theirs) => Boolean(guarded(() => core.apart(ours, theirs)));
