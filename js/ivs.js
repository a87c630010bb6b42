// @ts-check
// The class that users hold: the methods of the core, started lazily, with callbacks and paging around them.
import * as glue from '#glue';

import { load, run } from './load.js';
import { pageable } from './exceptions.js';
import { Paginator } from './paginator.js';

/** Members of the core's class that are no operations. */
const NOT_OPERATIONS = new Set(['length', 'name', 'prototype', 'paging', 'clear']);

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
    return waitFor((name, given, call) => /** @type {any} */ (this)[name](given, call), state, params, options);
  }

  /**
   * @param {IVS} ivs
   * @param {string} name
   * @param {unknown} params
   * @param {unknown} options
   * @param {unknown} callback
   */
  static #start(ivs, name, params, options, callback) {
    if (typeof params === 'function') [params, options, callback] = [undefined, undefined, params];
    else if (typeof options === 'function') [options, callback] = [undefined, options];
    const client = ivs.#client;
    const promise = run((core) => /** @type {any} */ (core)[name](client, params, options));
    if (typeof callback === 'function') {
      // What the callback throws is the application's own uncaught error, not a rejection of this call.
      promise.then(
        (data) => queueMicrotask(() => callback(null, data)),
        (error) => queueMicrotask(() => callback(error, null)),
      );
    }
    return promise;
  }

  static {
    // Bundlers rename classes; what is printed should not change with that.
    Object.defineProperty(IVS, 'name', { value: 'IVS' });
    for (const name of Object.getOwnPropertyNames(glue.IVS)) {
      if (name in IVS.prototype || NOT_OPERATIONS.has(name)) continue;
      const method = {
        /** @this {IVS} */
        [name](/** @type {unknown} */ params, /** @type {unknown} */ options, /** @type {unknown} */ callback) {
          return IVS.#start(this, name, params, options, callback);
        },
      };
      Object.defineProperty(IVS.prototype, name, { value: method[name], writable: true, configurable: true });
    }
    for (const name of pageable) {
      const paginate = `paginate${name[0].toUpperCase()}${name.slice(1)}`;
      const method = {
        /** @this {any} */
        [paginate](/** @type {any} */ params, /** @type {any} */ options) {
          return new Paginator((page, call) => this[name](page, call), name, params, options);
        },
      };
      Object.defineProperty(IVS.prototype, paginate, { value: method[paginate], writable: true, configurable: true });
    }
  }
}

/** Loads the wasm ahead of the first call. */
export async function ready() {
  await load();
}
