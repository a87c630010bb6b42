// @ts-check
// AWS.Credentials and AWS.CredentialProviderChain. Functions and not classes, as applications inherit from them in the way of ES5.
import { promiseClass } from './config.js';
import { AWS } from './core.js';
import { error, hide } from './error.js';

/** @this {any} @param {any} [first] the key id, or an object with the three parts @param {string} [secret] @param {string} [token] */
export function Credentials(first, secret, token) {
  const parts = first && typeof first === 'object' ? first.credentials ?? first : { accessKeyId: first, secretAccessKey: secret, sessionToken: token };
  this.expired = false;
  this.expireTime = null;
  this.refreshCallbacks = [];
  this.accessKeyId = parts.accessKeyId;
  hide(this, 'secretAccessKey', parts.secretAccessKey);
  this.sessionToken = parts.sessionToken;
}

Object.assign(Credentials.prototype, /** @type {Record<string, any> & ThisType<any>} */ ({
  /** The seconds before their end in which credentials count as expired. */
  expiryWindow: 15,

  needsRefresh() {
    const soon = Date.now() + (Number(AWS.config?.systemClockOffset) || 0) + this.expiryWindow * 1000;
    // Applications set numbers, too.
    if (this.expireTime && soon > this.expireTime) return true;
    return this.expired || !this.accessKeyId || !this.secretAccessKey;
  },

  /** @param {(error?: any) => void} [callback] */
  get(callback) {
    if (!this.needsRefresh()) return callback?.();
    this.refresh((/** @type {any} */ problem) => {
      if (!problem) this.expired = false;
      callback?.(problem);
    });
  },

  /** @param {(error?: any) => void} [callback] */
  refresh(callback) {
    this.expired = false;
    callback?.();
  },

  /** Many who ask while credentials are loaded share that one load. @param {(error?: any) => void} callback @param {boolean} [sync] */
  coalesceRefresh(callback, sync) {
    if (this.refreshCallbacks.push(callback) > 1) return;
    this.load((/** @type {any} */ problem) => {
      for (const waiting of this.refreshCallbacks.splice(0)) {
        if (sync) waiting(problem);
        else queueMicrotask(() => waiting(problem));
      }
    });
  },

  /** @param {(error?: any) => void} callback */
  load(callback) {
    callback();
  },

  getPromise() {
    return promised(this, 'get');
  },

  refreshPromise() {
    return promised(this, 'refresh');
  },
}));

/** @this {any} @param {any[]} [providers] functions that give credentials, or credentials */
export function CredentialProviderChain(providers) {
  this.providers = providers || [...CredentialProviderChain.defaultProviders];
  this.resolveCallbacks = [];
}

/** Those of a chain that is made without any: providers.js has them. @type {any[]} */
CredentialProviderChain.defaultProviders = [];

CredentialProviderChain.prototype = Object.assign(Object.create(Credentials.prototype), /** @type {Record<string, any> & ThisType<any>} */ ({
  constructor: CredentialProviderChain,

  /** @param {(error: any, credentials?: any) => void} callback */
  resolve(callback) {
    if (!this.providers.length) {
      callback(new Error('No providers'));
      return this;
    }
    if (this.resolveCallbacks.push(callback) > 1) return this;
    const left = [...this.providers];
    const next = (/** @type {any} */ problem, /** @type {any} */ found) => {
      if ((!problem && found) || !left.length) {
        for (const waiting of this.resolveCallbacks.splice(0)) waiting(problem, found);
        return;
      }
      let provider = left.shift();
      try {
        if (typeof provider === 'function') provider = provider.call();
      } catch (thrown) {
        return next(thrown, undefined);
      }
      if (provider?.get) provider.get((/** @type {any} */ refused) => next(refused, refused ? null : provider));
      else next(null, provider);
    };
    next(undefined, undefined);
    return this;
  },

  resolvePromise() {
    return promised(this, 'resolve');
  },
}));

/** Calls a method that takes a callback. @param {any} target @param {string} method @returns {Promise<any>} */
export function promised(target, method) {
  return new (promiseClass())((resolve, reject) => {
    target[method]((/** @type {any} */ problem, /** @type {any} */ value) => (problem ? reject(problem) : resolve(value)));
  });
}

/** @param {any} problem @param {any} fields */
export const credentialsError = (problem, fields) => error(problem ?? new Error(), fields);
