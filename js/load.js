// @ts-check
// Loads the wasm once, at the first call, and again from the kept Module should it ever trap.
import * as glue from '#glue';
import { IVSError } from './errors.js';

/** @typedef {typeof glue.IVS} Core */
/** @typedef {() => WebAssembly.Module | BufferSource | Response | Promise<WebAssembly.Module | BufferSource | Response>} Source */

/** @type {Source | undefined} */
let source;
/** Not called `module`: where Vitest runs this file itself, a variable of that name is CommonJS's. @type {WebAssembly.Module | undefined} */
let compiled;
/** @type {Core | undefined} */
let core;
/** @type {Promise<Core> | undefined} */
let loading;

/** Rejections of the calls in flight, for the case that the wasm cannot go on. @type {Set<(reason: unknown) => void>} */
const inFlight = new Set();

/**
 * Says where the wasm comes from. Nothing is loaded yet; what is loaded stays, so that an entry that is imported later does not take
 * the instance away from calls in flight.
 * @param {Source} from
 */
export function provide(from) {
  source = from;
}

/** The instance, if it is there already. */
export const loaded = () => core;

/** Loads the instance; many callers share one load. @returns {Core | Promise<Core>} */
export function load() {
  if (core) return core;
  if (compiled) return begin(compiled);
  if (loading) return loading;
  const given = need(source, 'no wasm was given: call provide() first')();
  // Where the runtime hands over a Module (Workers) nothing is awaited, so that no request waits for another one's promise.
  if (given instanceof WebAssembly.Module || Object.prototype.toString.call(given) === '[object WebAssembly.Module]') {
    return begin(/** @type {WebAssembly.Module} */ (given));
  }
  loading = Promise.resolve(given).then(compile).then(start).catch((cause) => {
    loading = undefined;
    throw failed(cause);
  });
  return loading;
}

/** @param {WebAssembly.Module} from */
function begin(from) {
  try {
    return start(from);
  } catch (cause) {
    throw failed(cause);
  }
}

/** The rejection for what went wrong while loading. @param {unknown} cause @param {{ problem?: string, hint?: string }} [more] */
function failed(cause, { problem = '', hint } = {}) {
  if (cause instanceof IVSError) return cause;
  const error = new IVSError(`ivs-wasm cannot start: ${problem}${cause}`, { code: 'LoadError', hint });
  Object.defineProperty(error, 'cause', { value: cause });
  return error;
}

/**
 * @template T
 * @param {T | undefined} value
 * @param {string} problem
 * @returns {T}
 */
function need(value, problem) {
  if (value === undefined) throw new IVSError(`ivs-wasm cannot start: ${problem}`, { code: 'LoadError' });
  return value;
}

/** @param {any} given @returns {Promise<WebAssembly.Module>} */
async function compile(given) {
  const kind = Object.prototype.toString.call(given);
  if (kind === '[object WebAssembly.Module]') return given;
  try {
    return await WebAssembly.compile(kind === '[object Response]' ? await given.arrayBuffer() : given);
  } catch (cause) {
    const blocked = /unsafe-eval|Content Security Policy|disallowed by embedder/.test(String(cause));
    throw failed(cause, {
      problem: 'the WebAssembly could not be compiled: ',
      hint: blocked ? "Allow WebAssembly: add 'wasm-unsafe-eval' to script-src in the Content-Security-Policy." : undefined,
    });
  }
}

/** @param {WebAssembly.Module} from @returns {Core} */
function start(from) {
  compiled = from;
  const { exports } = new WebAssembly.Instance(from, { './ivs_bg.js': /** @type {any} */ (glue) });
  glue.__wbg_set_wasm(guard(exports));
  /** @type {any} */ (exports).__wbindgen_start?.();
  core = glue.IVS;
  loading = undefined;
  return core;
}

/** What a broken wasm returns: no promise, and no error where the glue expects a pair of result and error. */
const NOTHING = Object.freeze([]);

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
  for (const [name, value] of Object.entries(exports)) {
    guarded[name] = typeof value !== 'function' ? value : (/** @type {any[]} */ ...args) => {
      // Called by an import of the wasm, it has to unwind the wasm's own frames, too.
      if (dead && depth) throw dead.cause;
      if (dead) return NOTHING;
      depth++;
      try {
        return value(...args);
      } catch (cause) {
        if (!dead) broken((dead = { cause }).cause);
        // At the bottom is a timer or a Promise of the runtime, where a throw would end a Node process.
        if (depth > 1) throw cause;
        return NOTHING;
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
  for (const reject of rejections) {
    const error = new IVSError('ivs-wasm stopped inside WebAssembly; calls in flight were lost, the next one starts anew', {
      code: 'InternalError',
      retryable: true,
    });
    Object.defineProperty(error, 'cause', { value: cause });
    reject(error);
  }
}

/**
 * Makes a call that is rejected if the wasm breaks under it.
 * @template T
 * @param {(core: Core) => Promise<T>} call
 * @returns {Promise<T>}
 */
export function run(call) {
  return new Promise((resolve, reject) => {
    /** @param {Core} core */
    const go = (core) => {
      inFlight.add(reject);
      // Of a core that stopped under this very call nothing comes; the rejection was told already.
      call(core).then?.(
        (value) => {
          inFlight.delete(reject);
          resolve(value);
        },
        (reason) => {
          inFlight.delete(reject);
          reject(reason);
        },
      );
    };
    if (core) return go(core);
    const given = load();
    if (given === glue.IVS) go(given);
    else /** @type {Promise<Core>} */ (given).then(go).catch(reject);
  });
}
