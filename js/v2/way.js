// @ts-check
// The way of a request through its states. The core does the work of the built-in listeners, and says what follows and what is to
// be waited for; before and after it the application's own listeners run here, and what they changed is what the core is shown next.
import { keysOf } from './config.js';
import { ofCore } from './error.js';
import { isPromise } from './events.js';
import { ended, reached } from './run.js';
import { distinct, hostOf, send } from './send.js';
import { again, lines, most, next, signable, step } from './wasm.js';
import { words } from '../errors.js';
import { text } from '../params.js';
import { finish } from '../result.js';
import { Limit } from '../transport.js';

/** The header with the hash of the body. */
const SHA256 = 'X-Amz-Content-Sha256';
/** The names of the states by the numbers that the core gives them. */
const STATES = ['validate', 'build', 'afterBuild', 'sign', 'send', 'validateResponse', 'extractData', 'extractError', 'retry', 'afterRetry',
  'success', 'error', 'complete', 'restart'];
/** The place before the first state, and after the last one; what a place says besides (src/v2/states.rs). */
const NOWHERE = 15, KEYS = 1, ANSWER = 2, PAUSE = 3, HEARD = 64, OVER = 128;
/** What the core is told of how it stands (src/v2/mod.rs). */
const REFUSED = 256, UNREADABLE = 512, RAW = 1024, HASHED = 2048;

/**
 * Leads a request from a place to its end, or to the state in which it is to halt.
 * @param {any} request
 * @param {import('./stop.js').Stop} signal
 * @param {number} [from] the beginning, if not given
 * @returns {Promise<number | undefined>} the place at which it halted
 */
export async function lead(request, signal, from) {
  const { response, service } = request;
  let place = from ?? next(NOWHERE, false);

  const isAborted = () => signal.aborted && !(place & OVER);

  /** @template T @param {Promise<T>} promise @returns {Promise<T>} */
  const unlessAborted = (promise) => Promise.race([promise, new Promise((_, reject) => {
    const stop = () => reject(request._aborted);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  })]);

  /** What was thrown by listeners ahead of the built-in ones. @type {any} */
  let problem;
  /** The body that was hashed last, and its hash. @type {unknown} */
  let hashed, hash;
  /** Calls listeners; what is thrown at the end of a call is the application's own exception. @param {any[]} list */
  const call = (list) => {
    const settle = (/** @type {any} */ thrown) => {
      if (!thrown || !(place & OVER)) return thrown;
      setTimeout(() => {
        throw thrown;
      });
    };
    const given = request.callListeners(list, request.eventParameters(request._state, response), problem);
    return isPromise(given) ? unlessAborted(given).then(settle, () => null) : settle(given);
  };

  /** The work of the built-in listeners of a state. @param {number} bits which of them are there @returns {Promise<void>} */
  const work = async (bits) => {
    const { config } = service;
    const wait = place >> 4 & 3;
    let question = place & 15 | bits << 4;
    let number = 0;
    /** @type {any} */
    let keys, refusal, cause;
    /** @type {unknown[]} */
    let shown = [];
    if (wait === KEYS && bits & 1) {
      await unlessAborted(keysOf(config, request._state === 'sign')).then((found) => (keys = found), (thrown) => {
        refusal = thrown;
        question |= REFUSED;
      });
      if (isAborted()) return;
    }
    const { httpRequest, operation } = request;
    // A listener may give a body in bytes; those of IVS are JSON.
    if (ArrayBuffer.isView(httpRequest.body)) httpRequest.body = new TextDecoder().decode(httpRequest.body);
    const { headers, method, region, endpoint } = httpRequest;
    const { httpResponse } = response;
    if (wait === ANSWER) {
      const lost = await send(request, signal, most());
      if (typeof lost === 'string') return;
      cause = lost.thrown;
      number = lost.ms ?? 0;
      shown = [region, endpoint.hostname, `${lost.end}`, words(cause, 'Network Failure')];
    }
    if (wait === PAUSE) {
      const { retryable, retryDelay = 0 } = response.error ?? {};
      if (!again(retryable, response, retryDelay)) return;
      response.retryCount++;
      response.error = null;
      await new Limit(retryDelay, signal, false).until(undefined, 0);
      return;
    }
    const params = () => {
      try {
        return text(request.params);
      } catch (thrown) {
        cause = thrown;
        question |= UNREADABLE;
        return words(thrown, 'Network Failure');
      }
    };
    const body = () => String(httpResponse.body ?? '');
    switch (request._state) {
      case 'validate': {
        const checks = config.paramValidation;
        // What is called everywhere has no region.
        if (service.isGlobalEndpoint) question &= ~(2 << 4);
        shown = [operation, config.region, Object.keys(checks ?? 0).filter((name) => checks[name] === true).join(' '), bits & 4 ? params() : ''];
        break;
      }
      case 'build':
        shown = [operation, endpoint.path, ...lines(headers), params()];
        break;
      case 'afterBuild':
        number = -1;
        shown = [method, hostOf(endpoint), ...lines(headers), httpRequest.body];
        break;
      case 'sign':
        number = service.getSkewCorrectedDate().getTime();
        shown = signable(keys, httpRequest, distinct(headers), service.getSigningName(request));
        // Hashing is most of what a signature costs.
        if (hash && headers[SHA256] === hash && httpRequest.body === hashed && !headers['presigned-expires']) {
          question |= HASHED;
          shown.pop();
          shown.push('');
        }
        break;
      case 'extractData':
        if (config.convertResponseTypes === false) question |= RAW;
        shown = [operation, ...lines(httpResponse.headers), body()];
        break;
      case 'extractError':
        number = httpResponse.statusCode;
        shown = [httpResponse.statusMessage, ...lines(httpResponse.headers), body()];
    }

    const edit = step(question, number, shown, cause);
    Object.assign(httpRequest, edit.request);
    Object.assign(response, edit.response);
    for (const name of edit.drop ?? []) delete headers[name];
    Object.assign(headers, edit.headers);
    if (edit.headers?.[SHA256]) [hash, hashed] = [headers[SHA256], httpRequest.body];
    if (edit.body) httpRequest.body = edit.text;
    if (edit.signed) request.signedAt = service.getSkewCorrectedDate();
    if (edit.raw) response.data = { ...JSON.parse(edit.text) };
    if (edit.dates !== undefined) response.data = finish(edit.text, edit.dates, httpResponse.statusCode, undefined, response.retryCount + 1, 0);
    if (edit.error) {
      polish(edit.error, body);
      refusal = Object.assign(ofCore(edit.error, JSON.parse(edit.text).body), edit.fields);
    }
    if (edit.error || edit.refused) response.error = refusal;
    if (edit.thrown) problem = refusal;
    const { requestId } = edit;
    if (requestId) response.requestId = requestId;
    if (requestId !== undefined && response.error) response.error.requestId = requestId || undefined;
  };

  for (; place !== NOWHERE; place = next(place, Boolean(response.error))) {
    const state = request._state = STATES[place & 15];
    if (request._haltAt === state) return place;
    reached(request, state);
    problem = null;
    request._haltHandlersOnError = false;
    let rest = [];
    const list = request.listeners(state);
    if (isAborted()) {
      if (place & HEARD) rest = list;
    } else {
      if (state === 'complete') ended(request);
      const bits = list.reduce((/** @type {number} */ all, /** @type {any} */ { bit = 0 }) => all | bit, 0);
      // As v2's listener that hashes the body asks for.
      const hashes = state === 'afterBuild' && bits & 1;
      const at = bits ? list.findIndex((/** @type {any} */ one) => one.bit) : list.length;
      rest = list.slice(at);
      problem = call(list.slice(0, at));
      if (isPromise(problem)) problem = await problem;
      try {
        if (bits && !isAborted() && !(problem && request._haltHandlersOnError)) await work(bits);
      } catch (thrown) {
        // The core has stopped.
        if (!isAborted()) response.error = ofCore(thrown);
      }
      if (hashes) request.haltHandlersOnError();
    }
    if (isAborted()) response.error = request._aborted;
    if ((place >> 4 & 3) === ANSWER && response.error) request.emit('httpError', [response.error, response]);
    let thrown = rest.length && !(problem && request._haltHandlersOnError) ? call(rest.filter((/** @type {any} */ one) => !one.bit)) : problem;
    if (isPromise(thrown)) thrown = await thrown;
    if (thrown) response.error = thrown;
    if (isAborted()) response.error = request._aborted;
  }
}

/** The engine's own words say best where JSON is broken. @param {any} problem @param {() => string} body */
function polish(problem, body) {
  if (problem.code !== 'SyntaxError') return;
  try {
    JSON.parse(body());
  } catch (thrown) {
    Object.defineProperty(problem, 'message', { value: /** @type {Error} */ (thrown).message });
  }
}
