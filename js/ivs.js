// @ts-check
// The class that users hold: the methods of the core, started lazily, with callbacks and paging around them.
import { failure, hide } from './errors.js';
import { load, run } from './load.js';
import { operations } from './operations.js';
import { pages } from './paginator.js';
import { text } from './params.js';
import { waitFor } from './waiters.js';

let clients = 0;

/** The places of the operations in the core's table, by the names of their methods. @type {Map<unknown, number>} */
const places = new Map();

/**
 * Of a client: a function that gives what the core is given, so that printing a client shows no secret. No private member, since what stands
 * between an application and its client, such as a proxy of Vue's, has none.
 */
const CLIENT = Symbol('client');

/**
 * What gives the text of the parameters as they are now: what becomes of the object afterwards, while the wasm loads, is no part of the call.
 * @param {unknown} params
 */
const taken = (params) => {
  try {
    const given = text(params);
    return () => given;
  } catch (thrown) {
    return () => { throw thrown; };
  }
};

/** A client of Amazon IVS. Making one is cheap and never fails: problems appear as rejections of the first call. */
export class IVS {
  /** @param {Record<string, unknown>} [options] */
  constructor(options) {
    const client = { id: ++clients, options: { ...options } };
    hide(this, CLIENT, () => client);
  }

  /**
   * Signs a request without sending it.
   * @param {string} operation
   * @param {unknown} [params]
   * @param {unknown} [options] signal and timeout: credentials may be long in coming
   * @returns {Promise<{ url: string, method: string, headers: Record<string, string>, body?: string }>}
   */
  sign(operation, params, options) {
    const index = places.get(operation);
    if (index === undefined) return Promise.reject(failure(`There is no operation '${String(operation)}'`, { code: 'UnknownOperation' }));
    const given = taken(params);
    const client = this[CLIENT]();
    return run((core) => core.sign(client, index, given, options), client.options, options);
  }

  /**
   * Asks until something is in a state.
   * @param {string} state
   * @param {any} params
   * @param {any} [options] delay (seconds), maxAttempts, and those of a call
   */
  waitFor(state, params, options) {
    // Its pauses heed the signal of the client, too, as its calls do.
    return waitFor(this, state, params, { ...options, signal: options?.signal ?? this[CLIENT]().options.signal });
  }

  static {
    operations.forEach((row, index) => {
      const [name, , , , items] = row.split('|');
      places.set(name, index);
      /** @type {Record<string, Function>} */
      const methods = {
        /** @this {IVS} */
        [name](/** @type {any} */ params, /** @type {any} */ options, /** @type {any} */ callback) {
          if (typeof params === 'function') {
            callback = params;
            params = options = undefined;
          } else if (typeof options === 'function') {
            callback = options;
            options = undefined;
          }
          const client = this[CLIENT]();
          const given = taken(params);
          const promise = run((core) => core.start(index, client, given, options), client.options, options);
          if (typeof callback === 'function') {
            // What the callback throws is the application's own uncaught error, not a rejection of this call.
            promise.then(
              (data) => queueMicrotask(() => callback(null, data)),
              (error) => queueMicrotask(() => callback(error, null)),
            );
          }
          return promise;
        },
        /** @this {any} */
        [`paginate${name[0].toUpperCase()}${name.slice(1)}`](/** @type {any} */ params, /** @type {any} */ options) {
          return pages((page, call) => this[name](page, call), items, params, options);
        },
      };
      for (const key in methods) if (items || key === name) hide(IVS.prototype, key, methods[key]);
    });
    // Bundlers rename classes; what is printed should not change with that.
    hide(IVS, 'name', 'IVS');
  }
}

/** Loads the wasm ahead of the first call. */
export async function ready() {
  await load();
}
