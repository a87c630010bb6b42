// @ts-check
// Loads the wasm once, at the first call, and again from the kept Module should it ever trap.
import * as glue from '#glue';
import { IVSError, aborted, traced } from './errors.js';
import { Limit, timed } from './transport.js';

/** @typedef {typeof glue.IVS} Core */
/** @typedef {() => WebAssembly.Module | BufferSource | Response | Promise<WebAssembly.Module | BufferSource | Response>} Source */

/** Every entry says it. @type {Source} */
let source;
/** Not called `module`: where Vitest runs this file itself, a variable of that name is CommonJS's. @type {WebAssembly.Module | undefined} */
let compiled;
/** @type {Core | undefined} */
let core;
/** @type {Promise<Core> | undefined} */
let loading;

/**
 * Rejections of the calls in flight, for the case that the wasm cannot go on; in Workers held weakly.
 * @type {Set<any>}
 */
const inFlight = new Set();

/** @type {(reject: (reason: unknown) => void) => unknown} */
let held = (reject) => reject;

/**
 * Says where the wasm comes from. Nothing is loaded yet; what is loaded stays, so that an entry that is imported later does not take
 * the instance away from calls in flight.
 * @param {Source} from
 * @param {boolean} [last] only if nothing else has said so
 */
export function provide(from, last) {
  source = (last && source) || from;
  // What is on its way may never arrive.
  loading = undefined;
}

/** The instance, if it is there already. */
export const loaded = () => core;

/** Loads the instance; many callers share one load. @returns {Core | Promise<Core>} */
export function load() {
  if (core || loading) return core ?? /** @type {Promise<Core>} */ (loading);
  const given = compiled ?? source();
  // Where the runtime hands over a Module (Workers) nothing is awaited, so that no request waits for another one's promise.
  if (!isModule(given)) return (loading = compile(given));
  // And they forget a request that is cancelled: what waited for its call, the handler with all that it holds, has to go with it. Elsewhere that
  // cannot happen, and weak references cost a call a microsecond. (Workers of before May 2025 know none.)
  if (globalThis.WeakRef) held = (reject) => new WeakRef(reject);
  return start(given);
}

/** Of whichever realm. @param {unknown} value @returns {value is WebAssembly.Module} */
const isModule = (value) => Object.prototype.toString.call(value) === '[object WebAssembly.Module]';

/** @param {any} given */
async function compile(given) {
  let problem = '';
  try {
    given = await given;
    problem = 'the WebAssembly could not be compiled: ';
    if (!isModule(given)) given = await WebAssembly.compile(given);
  } catch (cause) {
    throw told(cause, problem);
  } finally {
    loading = undefined;
  }
  // Another source may have been faster.
  return core ?? start(given);
}

/** What is thrown for what went wrong while loading. @param {unknown} cause @param {string} problem */
function told(cause, problem) {
  if (cause instanceof IVSError) return cause;
  const blocked = problem && /unsafe-eval|Content Security Policy|disallowed by embedder/.test(String(cause));
  return new IVSError(`ivs-wasm cannot start: ${problem}${cause}`, {
    code: 'LoadError',
    hint: blocked ? "Allow WebAssembly: add 'wasm-unsafe-eval' to script-src in the Content-Security-Policy." : remedy(cause),
    cause,
  });
}

/** What to do where the runtime lacks what the start needs; other errors have other reasons. @param {unknown} cause */
function remedy(cause) {
  const missing = ['WebAssembly', 'TextDecoder', 'TextEncoder', 'DecompressionStream'].find((name) => !(name in globalThis));
  return missing && /^(Type|Reference)E/.test(String(cause))
    ? `There is no ${missing} here: ${missing === 'DecompressionStream' ? 'import ivs-wasm/slim and provide() the WebAssembly' : 'use a newer runtime, or a polyfill'}` : undefined;
}

/** @param {WebAssembly.Module} from @returns {Core} */
function start(from) {
  try {
    glue.attach(guard(new WebAssembly.Instance(from, { './ivs_bg.js': glue.imports }).exports));
  } catch (cause) {
    throw told(cause, '');
  }
  compiled = from;
  return (core = glue.IVS);
}

/**
 * Nothing leaves the wasm by an exception unless the wasm is broken. Then its calls cannot finish, and it must not run
 * again: what is left of it (timers, answers that come late) is let fall.
 * @param {WebAssembly.Exports} exports
 */
function guard(exports) {
  /** @type {Record<string, unknown>} */
  const guarded = {};
  let depth = 0;
  /** @type {{ cause: unknown } | undefined} */
  let dead;
  for (const name in exports) {
    const value = exports[name];
    guarded[name] = typeof value !== 'function' ? value : (/** @type {any[]} */ ...args) => {
      // Called by an import of the wasm, it has to unwind the wasm's own frames, too.
      if (dead && depth) throw dead.cause;
      if (dead) return;
      depth++;
      try {
        return value(...args);
      } catch (cause) {
        if (!dead) broken((dead = { cause }).cause);
        // At the bottom is a timer or a Promise of the runtime, where a throw would end a Node process.
        if (depth > 1) throw cause;
      } finally {
        depth--;
      }
    };
  }
  return guarded;
}

/** @param {unknown} cause */
function broken(cause) {
  core = undefined;
  const rejections = [...inFlight];
  inFlight.clear();
  for (const rejection of rejections) {
    (rejection.deref ? rejection.deref() : rejection)?.(new IVSError('ivs-wasm stopped inside WebAssembly; calls in flight were lost, the next one starts anew', { code: 'InternalError', retryable: true, cause }));
  }
}

/**
 * Waits for the instance as long as a call may. The core, which knows better what options mean, is not there yet; what it cannot
 * take it will tell.
 * @param {Promise<Core>} given
 * @param {any} client its options
 * @param {any} options of the call
 */
async function within(given, client, options) {
  let limit, ms;
  try {
    ms = options?.timeout ?? client.timeout;
    limit = new Limit(timed(ms), options?.signal ?? client.signal, false);
  } catch {
    return given;
  }
  const { end, value } = await limit.until(given, 0);
  if (end === 1) throw new IVSError(`ivs-wasm could not be loaded within ${ms}ms`, { code: 'TimeoutError', retryable: true });
  if (end === 2) throw aborted(value);
  if (end) throw value;
  return value;
}

/**
 * Makes a call that is rejected if the wasm breaks under it.
 * @template T
 * @param {(core: Core) => Promise<T>} call
 * @param {any} client its options
 * @param {any} [options] of the call
 * @returns {Promise<T>}
 */
export async function run(call, client, options) {
  /** @type {unknown} */
  let rejection;
  try {
    const given = load();
    const core = given === glue.IVS ? given : await within(/** @type {Promise<Core>} */ (given), client, options);
    return await new Promise((resolve, reject) => {
      inFlight.add(rejection = held(reject));
      // Of a core that stopped under this very call nothing comes; the rejection was told already.
      call(core)?.then(resolve, reject);
    });
  } catch (error) {
    throw traced(error, run);
  } finally {
    inFlight.delete(rejection);
  }
}
