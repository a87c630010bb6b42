// @ts-check
// AWS.Request: a call that is not made before send(), promise() or await. It is a view on the way that the core leads it.
import { IVSError, traced } from '../errors.js';
import { promiseClass } from './config.js';
import { error, hide } from './error.js';
import { SequentialExecutor, isPromise } from './events.js';
import { AWS } from './core.js';
import { HttpRequest } from './http.js';
import { monitor } from './metrics.js';
import { eachItem, eachPage } from './paging.js';
import { Response } from './response.js';
import { begin, ended, reached, tellLate } from './run.js';
import { load } from './wasm.js';
import { lead } from './way.js';

/** What is sent is what was given: an application may use its object again while the call is under way. @param {any} value @returns {any} */
const copy = (value) => {
  if (Array.isArray(value)) return value.map(copy);
  const isPlain = value && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? Object.fromEntries(Object.entries(value).map(([key, own]) => [key, copy(own)])) : value;
};

/** What the engine's own promise comes to; an error of ours then shows who awaits it. @param {Promise<any>} made */
const framed = async (made) => {
  try {
    return await made;
  } catch (problem) {
    throw problem instanceof IVSError ? traced(problem, framed) : problem;
  }
};
const Own = (async () => {})().constructor;

/** @param {Request} request */
async function onward(request) {
  await load();
  return lead(request, request._run.stop, request._run.from);
}

/** @param {Request} request @param {number | undefined} at */
function stopped(request, at) {
  const run = request._run;
  run.running = false;
  if (at === undefined) run.over = true;
  else run.from = at;
  reached(request, at === undefined ? undefined : /** @type {any} */ (request)._state);
  // Another send() came while it stopped.
  if (at !== undefined && request._haltAt !== /** @type {any} */ (request)._state) request.runTo(request._haltAt);
}

/** The core itself could not go on, or not start. @param {Request} request @param {any} problem */
function broken(request, problem) {
  ended(request);
  request.response.error = error(problem, {});
  for (const event of ['error', 'complete']) request.emit(event);
}

/** No private members: what stands between an application and its request, such as a proxy of Vue's, has none. */
export class Request extends SequentialExecutor {
  _run = begin();

  /** @param {any} service @param {string} operation @param {any} params */
  constructor(service, operation, params) {
    super();
    this.service = service;
    this.operation = operation;
    this.params = params || {};
    this.httpRequest = new HttpRequest(service.endpoint, service.config.region);
    this.httpRequest.appendToUserAgent(service.config.customUserAgent);
    this.startTime = service.getSkewCorrectedDate();
    this.response = new Response(this);
    this.domain = undefined;
    Object.defineProperty(this, '_run', { enumerable: false });
    for (const key of ['_state', '_haltAt', '_aborted', '_haltHandlersOnError', 'signedAt']) Object.defineProperty(this, key, { writable: true, value: undefined });
  }

  /** Makes the call. A second time it is not made again. @param {(error: any, data: any) => void} [callback] */
  send(callback) {
    const { response } = this;
    if (callback) {
      this.httpRequest.appendToUserAgent('callback');
      // What is returned where a promise could be, by an arrow function, say, is none, as in v2: the callback tells how the call ends.
      hide(this, 'then', undefined);
      this.on('complete', () => callback.call(response, response.error, response.error ? null : response.data));
    }
    this.runTo();
    return response;
  }

  /** Makes the call. @returns {Promise<any>} */
  promise() {
    this.httpRequest.appendToUserAgent('promise');
    const made = new (promiseClass())((resolve, reject) => {
      const settle = () => {
        const { data, error: problem } = this.response;
        if (problem) return reject(problem);
        const result = data ?? {};
        if (!result.$response) Object.defineProperty(result, '$response', { value: this.response });
        resolve(result);
      };
      if (this._run.over) return settle();
      this.on('complete', settle);
      this.runTo();
    });
    return made.constructor === Own ? framed(made) : made;
  }

  /** Awaiting a request that has no callback makes the call, which in v2 it did not. @param {any} [resolved] @param {any} [rejected] */
  then(resolved, rejected) {
    return this.promise().then(resolved, rejected);
  }

  /** @param {any} [rejected] */
  catch(rejected) {
    return this.promise().catch(rejected);
  }

  /** @param {any} [done] */
  finally(done) {
    return this.promise().finally(done);
  }

  /** Goes as far as before sending. @param {(error: any) => void} [callback] */
  build(callback) {
    return this.runTo('send', callback);
  }

  /** Goes on up to a state. @param {string} [state] @param {(error: any) => void} [done] */
  runTo(state, done) {
    this._haltAt = state;
    if (done) this._run.halted.push({ state, done });
    if (this._run.over) {
      if (done) queueMicrotask(() => reached(this));
      tellLate(this);
    }
    if (this._run.running || this._run.over) return this;
    this._run.running = true;
    if (!this._run.from) {
      try {
        this.params = copy(this.params);
      } catch { /* a cycle, or a getter that throws: the check of the parameters tells */ }
      monitor(this.service, this);
    }
    onward(this).then(
      (at) => stopped(this, at),
      (problem) => broken(this, problem),
    );
    return this;
  }

  /** Ends the call at once, wherever it is. */
  abort() {
    if (this._run.over) return this;
    /** @type {any} */ (this)._aborted ??= error(new Error('Request aborted by user'), { code: 'RequestAbortedError', retryable: false });
    this._run.stop.abort();
    return this;
  }

  /** @param {string} event @param {any} [args] @param {any} [done] */
  emit(event, args, done) {
    if (typeof args === 'function') [args, done] = [undefined, args];
    return super.emit(event, args ?? this.eventParameters(event, this.response), (problem) => {
      if (problem) this.response.error = problem;
      done?.call(this, problem);
    });
  }

  /** @param {string} event @param {any} response */
  eventParameters(event, response) {
    switch (event) {
      case 'validate': case 'build': case 'afterBuild': case 'sign': case 'restart': case 'afterValidate':
        return [this];
      case 'error':
        return [response.error, response];
      default:
        return [response];
    }
  }

  /** @param {Function} callback */
  eachPage(callback) {
    eachPage(this, callback);
  }

  /** @param {Function} callback */
  eachItem(callback) {
    eachItem(this, callback);
  }

  isPageable() {
    return Boolean(this.service.paginationConfig(this.operation));
  }

  /** The body of the answer as a web stream. */
  createReadStream() {
    return new ReadableStream({
      start: (controller) => {
        this.on('complete', ({ error: problem, httpResponse: { body } }) => {
          if (problem) return controller.error(problem);
          if (body?.length) controller.enqueue(body);
          controller.close();
        });
        this.runTo();
      },
      cancel: () => void this.abort(),
    });
  }

  toUnauthenticated() {
    /** @type {any} */ (this)._unAuthenticated = true;
    const { VALIDATE_CREDENTIALS, SIGN } = AWS.EventListeners.Core;
    return this.removeListener('validate', VALIDATE_CREDENTIALS).removeListener('sign', SIGN);
  }

  /** Gives a URL that makes the call; without a callback a promise of it. @param {any} [expires] in seconds @param {any} [callback] */
  presign(expires, callback) {
    if (typeof expires === 'function') [expires, callback] = [undefined, expires];
    if (!this._run.running && !this._run.over) this._run.from = undefined;
    const url = import('./presign.js').then(({ presign }) => presign(this, expires));
    if (!callback) return url;
    url.then((made) => queueMicrotask(() => callback(null, made)), (problem) => queueMicrotask(() => callback(problem)));
  }

  isPresigned() {
    return Object.hasOwn(this.httpRequest.headers, 'presigned-expires');
  }

  /** Once a listener of this state has thrown, the later ones are left out. */
  haltHandlersOnError() {
    /** @type {any} */ (this)._haltHandlersOnError = true;
  }
}
