// @ts-check
// Listeners that run one after another, some of which call back when they are done.
import { error } from './error.js';

/** @param {any} value */
export const isPromise = (value) => typeof value?.then === 'function';

/** Methods of AWS.SequentialExecutor; also of requests and services. */
export class SequentialExecutor {
  constructor() {
    /** @type {Record<string, any[]>} */
    this._events = {};
  }

  /** @param {string} event @returns {any[]} */
  listeners(event) {
    return [...(this._events[event] ?? [])];
  }

  /** @param {string} event @param {any} listener @param {boolean} [toHead] */
  on(event, listener, toHead) {
    const list = (this._events[event] ??= []);
    if (toHead) list.unshift(listener);
    else list.push(listener);
    return this;
  }

  /** @param {string} event @param {any} listener @param {boolean} [toHead] */
  addListener(event, listener, toHead) {
    return this.on(event, listener, toHead);
  }

  /** The listener gets one more argument, a callback. @param {string} event @param {any} listener @param {boolean} [toHead] */
  onAsync(event, listener, toHead) {
    listener._isAsync = true;
    return this.on(event, listener, toHead);
  }

  /** @param {string} event @param {any} listener */
  removeListener(event, listener) {
    const at = this._events[event]?.lastIndexOf(listener) ?? -1;
    if (at >= 0) this._events[event].splice(at, 1);
    return this;
  }

  /** @param {string} [event] */
  removeAllListeners(event) {
    if (event) delete this._events[event];
    else this._events = {};
    return this;
  }

  /** @param {any} listeners an executor, or lists by event */
  addListeners(listeners) {
    const lists = listeners._events ?? listeners;
    for (const event of Object.keys(lists)) {
      const list = lists[event];
      // Each request gets some thirty listeners in this way: a copy of a list costs less than a call for each.
      if (Array.isArray(list) && this.on === on) this._events[event] = [...(this._events[event] ?? []), ...list];
      else for (const listener of [list].flat()) this.on(event, listener);
    }
    return this;
  }

  /** @param {string} name @param {string} event @param {any} listener @param {boolean} [toHead] */
  addNamedListener(name, event, listener, toHead) {
    /** @type {any} */ (this)[name] = listener;
    return this.on(event, listener, toHead);
  }

  /** @param {string} name @param {string} event @param {any} listener @param {boolean} [toHead] */
  addNamedAsyncListener(name, event, listener, toHead) {
    listener._isAsync = true;
    return this.addNamedListener(name, event, listener, toHead);
  }

  /** @param {(add: Function, addAsync: Function) => void} define */
  addNamedListeners(define) {
    define(this.addNamedListener.bind(this), this.addNamedAsyncListener.bind(this));
    return this;
  }

  /** @param {string} event @param {any[]} [args] @param {(error: any) => void} [done] */
  emit(event, args = [], done) {
    const list = this.listeners(event);
    const failed = this.callListeners(list, args);
    if (isPromise(failed)) failed.then((/** @type {any} */ problem) => done?.call(this, problem));
    else done?.call(this, failed);
    return list.length > 0;
  }

  /**
   * Calls listeners in turn. Gives what they threw, if anything: several errors become one, the latest one's fields winning;
   * or a promise of it, if one of them calls back later.
   * @param {any[]} list
   * @param {any[]} args
   * @param {any} [problem]
   * @returns {any}
   */
  callListeners(list, args, problem = null) {
    /** A request may leave out listeners behind one that has thrown. @type {any} */
    const mine = this;
    let failed = false;
    const add = (/** @type {any} */ thrown) => {
      if (!thrown) return;
      failed = true;
      problem = error(problem ?? new Error(), thrown);
    };
    for (let at = 0; at < list.length; at++) {
      const listener = list[at];
      if (!listener._isAsync) {
        try {
          listener.apply(this, args);
        } catch (thrown) {
          add(thrown || new Error(String(thrown)));
        }
        if (problem && mine._haltHandlersOnError) return problem;
        continue;
      }
      let settled = failed = false;
      const later = new Promise((resolve, reject) => {
        try {
          listener.apply(this, [...args, (/** @type {any} */ thrown) => {
            settled = true;
            add(thrown);
            resolve(0);
          }]);
        } catch (thrown) {
          reject(thrown);
        }
      });
      const onward = () => (failed && mine._haltHandlersOnError ? problem : this.callListeners(list.slice(at + 1), args, problem));
      if (!settled) return later.catch(add).then(onward);
      if (failed && mine._haltHandlersOnError) return problem;
    }
    return problem;
  }
}

/** As it was made: an application may put its own in place. */
const { on } = SequentialExecutor.prototype;

/** Gives a class made the old way the methods of an executor. @param {any} target */
export function mixin(target) {
  for (const name of Object.getOwnPropertyNames(SequentialExecutor.prototype)) {
    if (name !== 'constructor' && !Object.hasOwn(target.prototype, name)) target.prototype[name] = /** @type {any} */ (SequentialExecutor.prototype)[name];
  }
}
