// @ts-check
// The way of a request through its states. The core does the work of the built-in listeners, and says what follows; before and
// after it the application's own listeners run here, and what they changed is what the core is given next.
import { keysOf } from './config.js';
import { ofCore } from './error.js';
import { isPromise } from './events.js';
import { send } from './send.js';
import { build, check, decode, hash, loss, next, refusal, sign } from './wasm.js';
import { make, words } from '../errors.js';
import { text } from '../params.js';
import { finish } from '../result.js';
import { Limit } from '../transport.js';

/** The names of the states by the numbers that the core gives them. */
const STATES = ['validate', 'build', 'afterBuild', 'sign', 'send', 'validateResponse', 'extractData', 'extractError', 'retry', 'afterRetry',
  'success', 'error', 'complete', 'restart'];
const VALIDATE = 0, BUILD = 1, AFTER_BUILD = 2, SIGN = 3, SEND = 4, EXTRACT_DATA = 6, EXTRACT_ERROR = 7, AFTER_RETRY = 9, COMPLETE = 12;
export const stateNumber = (/** @type {string} */ name) => STATES.indexOf(name);

const MADE_BY_SIGNING = /^(authorization|date|x-amz-date|x-amz-security-token|x-amz-content-sha256)$/i;

/**
 * Leads a request from a state to its end, or to the state in which it is to halt.
 * @param {any} request
 * @param {AbortSignal} signal
 * @param {number} state
 * @returns {Promise<number | undefined>} the state in which it halted
 */
export async function lead(request, signal, state) {
  const { response, service } = request;

  /** In the last states the call is over, and an exception is the application's own. */
  const isTerminal = () => state > AFTER_RETRY && state <= COMPLETE;
  const isAborted = () => signal.aborted && !isTerminal();

  /** @template T @param {Promise<T>} promise @returns {Promise<T>} */
  const unlessAborted = (promise) => Promise.race([promise, new Promise((_, reject) => {
    const stop = () => reject(request._aborted);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  })]);

  /** What was thrown by listeners ahead of the built-in ones. @type {any} */
  let problem;
  /** Calls listeners; what is thrown at the end of a call is the application's own exception. @param {any[]} list */
  const call = (list) => {
    const settle = (/** @type {any} */ thrown) => {
      if (!thrown || !isTerminal()) return thrown;
      setTimeout(() => {
        throw thrown;
      });
    };
    const given = request.callListeners(list, request.eventParameters(STATES[state], response), problem);
    return isPromise(given) ? unlessAborted(given).then(settle, () => null) : settle(given);
  };

  const credentials = () => unlessAborted(keysOf(service.config));

  const params = () => {
    try {
      return text(request.params);
    } catch (thrown) {
      const message = `Expected params to be readable, but reading them failed: ${words(thrown, 'Network Failure')}`;
      throw make(JSON.stringify({ code: 'InvalidParameterType', message }), thrown);
    }
  };
  const body = () => String(response.httpResponse.body ?? '');

  /** The work of the built-in listeners of a state. @param {number} bits which of them are there @returns {Promise<void>} */
  const work = async (bits) => {
    const { httpRequest } = request;
    const { headers } = httpRequest;
    const { config } = service;
    switch (state) {
      case VALIDATE: {
        // As in v2 all checks are made, and the last complaint is the one that counts.
        let refused;
        if (bits & 1) await credentials().catch((thrown) => (refused = thrown));
        if (isAborted()) return;
        ['min', 'max', 'pattern', 'enum'].forEach((name, i) => {
          if (config.paramValidation?.[name] === true) bits |= 8 << i;
        });
        check(bits, request.operation, config.region, bits & 4 ? params() : '');
        if (refused) throw refused;
        break;
      }
      case BUILD: {
        const [method, path, ...given] = build(request.operation, params()).split('\n');
        if (!method) break;
        httpRequest.method = method;
        httpRequest.path = service.endpoint.path.replace(/\/+$/, '') + path;
        if (!given.length) break;
        httpRequest.body = given.join('\n');
        headers['Content-Type'] ??= 'application/json';
        break;
      }
      case AFTER_BUILD:
        headers['X-Amz-Content-Sha256'] = hash(httpRequest.body);
        break;
      case SIGN: {
        const keys = await credentials();
        if (isAborted()) return;
        const given = { ...headers };
        for (const name of Object.keys(headers)) if (MADE_BY_SIGNING.test(name)) delete given[name];
        const added = sign(keys, httpRequest, service.getSigningName(request), given, Date.now() + (Number(config.systemClockOffset) || 0));
        for (const name of Object.keys(headers)) if (!(name in given)) delete headers[name];
        if (typeof added === 'string') {
          httpRequest.path = `${httpRequest.pathname()}?${added}`;
          break;
        }
        headers['X-Amz-Content-Sha256'] = added['x-amz-content-sha256'];
        headers['X-Amz-Date'] = added['x-amz-date'];
        if (added['x-amz-security-token']) headers['x-amz-security-token'] = added['x-amz-security-token'];
        headers.Authorization = added.authorization;
        request.signedAt = service.getSkewCorrectedDate();
        break;
      }
      case SEND: {
        const sent = await send(request, signal);
        if (typeof sent !== 'string') throw loss(sent);
        break;
      }
      case EXTRACT_DATA: {
        const { headers: answered, statusCode } = response.httpResponse;
        const [dates, json] = decode(request.operation, answered, body());
        if (!json) break;
        response.data = config.convertResponseTypes === false ? { ...JSON.parse(body() || '{}') } : finish(json, dates, statusCode, undefined, response.retryCount + 1, 0);
        break;
      }
      case EXTRACT_ERROR:
        response.error = ofCore(refusal(response.httpResponse, body()), body());
        break;
      case AFTER_RETRY: {
        const { retryable, retryDelay = 0 } = response.error ?? {};
        if (!retryable || response.retryCount >= (Number(response.maxRetries) || 0) || !(retryDelay >= 0)) break;
        response.retryCount++;
        response.error = null;
        await new Limit(retryDelay, signal, false).until(undefined, 0);
      }
    }
  };

  /** Takes over what went wrong in the work of a state. @param {any} thrown */
  const fail = (thrown) => {
    if (state === EXTRACT_DATA) {
      polish(thrown, body());
      response.data = {};
    }
    const { httpRequest } = request;
    const mine = ofCore(thrown);
    const { code } = mine;
    if (state === SEND) {
      mine.retryable = code === 'NetworkingError' || code === 'TimeoutError';
      if (mine.retryable) Object.assign(mine, { region: httpRequest.region, hostname: httpRequest.endpoint.hostname });
    }
    response.error = mine;
    // These are thrown in v2, where what a listener throws after that is merged with it; the others are just set.
    if (state === BUILD || state === EXTRACT_DATA || (state === VALIDATE && code !== 'CredentialsError' && code !== 'ConfigError')) problem = mine;
  };

  for (; state >= 0; state = next(state, Boolean(response.error))) {
    request._state = STATES[state];
    if (request._haltAt === request._state) return state;
    problem = null;
    let rest = [];
    const list = request.listeners(STATES[state]);
    if (isAborted()) {
      // What is to be decided about an aborted call is decided: it goes to its end.
      if (state > EXTRACT_ERROR) rest = list;
    } else {
      if (state === COMPLETE) request._over = true;
      const bits = list.reduce((/** @type {number} */ all, /** @type {any} */ { bit = 0 }) => all | bit, 0);
      const at = bits ? list.findIndex((/** @type {any} */ one) => one.bit) : list.length;
      rest = list.slice(at);
      problem = call(list.slice(0, at));
      if (isPromise(problem)) problem = await problem;
      try {
        if (bits && !isAborted()) await work(bits);
      } catch (thrown) {
        if (!isAborted()) fail(thrown);
      }
    }
    if (isAborted()) response.error = request._aborted;
    if (state === SEND && response.error) request.emit('httpError', [response.error, response]);
    let thrown = call(rest.filter((/** @type {any} */ one) => !one.bit));
    if (isPromise(thrown)) thrown = await thrown;
    if (thrown) response.error = thrown;
    if (isAborted()) response.error = request._aborted;
  }
}

/** The engine's own words say best where JSON is broken. @param {any} problem @param {string} body */
function polish(problem, body) {
  if (problem.code !== 'SyntaxError') return;
  try {
    JSON.parse(body);
  } catch (thrown) {
    Object.defineProperty(problem, 'message', { value: /** @type {Error} */ (thrown).message });
  }
}
