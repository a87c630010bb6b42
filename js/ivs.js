// @ts-check
// The class that users hold: the methods of the core, started lazily, with callbacks and paging around them.
import { IVSError } from './errors.js';
import { load, run } from './load.js';
import { operations } from './operations.js';
import { pages } from './paginator.js';

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
    return run((core) => core.sign(this.#client, operation, params));
  }

  /**
   * Asks until something is in a state. What does it is loaded with the first wait.
   * @param {string} state
   * @param {any} params
   * @param {any} [options] delay (seconds), maxAttempts, and those of a call
   */
  async waitFor(state, params, options) {
    const { waitFor } = await import('./waiters.js');
    return waitFor(IVSError, (name, given, call) => /** @type {any} */ (this)[name](given, call), state, params, options);
  }

  static {
    operations.forEach((row, index) => {
      const [name, items] = row.split('.');
      const methods = {
        /** @this {IVS} */
        [name](/** @type {any} */ params, /** @type {any} */ options, /** @type {any} */ callback) {
          if (typeof params === 'function') [params, options, callback] = [undefined, undefined, params];
          else if (typeof options === 'function') [options, callback] = [undefined, options];
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
        if (items || key === name) Object.defineProperty(IVS.prototype, key, { value, writable: true, configurable: true });
      }
    });
    // Bundlers rename classes; what is printed should not change with that.
    Object.defineProperty(IVS, 'name', { value: 'IVS' });
  }
}

/** Loads the wasm ahead of the first call. */
export async function ready() {
  await load();
}
