// @ts-check
// The class that users hold: the methods of the core, started lazily, with callbacks and paging around them.
import { hide, IVSError } from './errors.js';
import { load, run } from './load.js';
import { operations } from './operations.js';
import { pages } from './paginator.js';
import { waitFor } from './waiters.js';

let clients = 0;

/** A client of Amazon IVS. Making one is cheap and never fails: problems appear as rejections of the first call. */
export class IVS {
  /** What the core is given; private, so that printing a client shows no secret. */
  #client;

  /** @param {Record<string, unknown>} [options] */
  constructor(options) {
    this.#client = { id: ++clients, options: { ...options } };
  }

  /**
   * Signs a request without sending it.
   * @param {string} operation
   * @param {unknown} [params]
   * @returns {Promise<{ url: string, method: string, headers: Record<string, string>, body?: string }>}
   */
  sign(operation, params) {
    const index = operations.findIndex((row) => row === operation || row.startsWith(`${operation}.`));
    if (index < 0) return Promise.reject(new IVSError(`There is no operation '${operation}'`, { code: 'UnknownOperation' }));
    return run((core) => core.sign(this.#client, index, params));
  }

  /**
   * Asks until something is in a state.
   * @param {string} state
   * @param {any} params
   * @param {any} [options] delay (seconds), maxAttempts, and those of a call
   */
  waitFor(state, params, options) {
    return waitFor(this, state, params, options);
  }

  static {
    operations.forEach((row, index) => {
      const [name, items] = row.split('.');
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
          const client = this.#client;
          const promise = run((core) => core.start(index, client, params, options));
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
      for (const [key, value] of Object.entries(methods)) {
        if (items || key === name) hide(IVS.prototype, key, value);
      }
    });
    // Bundlers rename classes; what is printed should not change with that.
    hide(IVS, 'name', 'IVS');
  }
}

/** Loads the wasm ahead of the first call. */
export async function ready() {
  await load();
}
