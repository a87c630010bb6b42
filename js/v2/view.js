// @ts-check
// A request as the core sees it: the core leads the call from state to state, and stops here before and after each one, where
// listeners run and what they changed is read back.
import { ofCore, error as makeError } from './error.js';
import { isPromise } from './events.js';
import { send } from './send.js';
import { Limit } from '../transport.js';
import { finish } from '../result.js';

/** The names of the states by the numbers that the core gives them. */
const STATES = ['validate', 'build', 'afterBuild', 'sign', 'send', 'validateResponse', 'extractData', 'extractError', 'retry', 'afterRetry',
  'success', 'error', 'complete', 'restart'];
export const stateNumber = (/** @type {string} */ name) => STATES.indexOf(name);

/** States in which the call is over, and an exception is the application's own. */
const isTerminal = (/** @type {number} */ state) => state >= 10 && state <= 12;

/** Who asks from here on gets what there is. */
const isEnd = (/** @type {number} */ state) => STATES[state] === 'complete';

/** The core ends the way here, to go on later. */
const HALT = -1;

const MADE_BY_SIGNING = /^(authorization|date|x-amz-date|x-amz-security-token|x-amz-content-sha256)$/i;

export class View {
  /** @param {any} request */
  constructor(request) {
    this.request = request;
    this.response = request.response;
    this.signal = new AbortController();
    /** What was heard of listeners ahead of the built-in ones. @type {any} */
    this.problem = null;
    /** @type {any[]} */
    this.rest = [];
  }

  get httpRequest() {
    return this.request.httpRequest;
  }

  get params() {
    return this.request.params;
  }

  get region() {
    return this.request.service.config.region ?? '';
  }

  get signingName() {
    return this.request.service.getSigningName(this.request);
  }

  get offset() {
    return this.request.service.config.systemClockOffset;
  }

  get most() {
    return Number(this.response.maxRetries) || 0;
  }

  /** The headers to sign, without those that the signature itself makes; null where a value is missing. */
  get headers() {
    const given = Object.entries(this.httpRequest.headers).filter(([name]) => !MADE_BY_SIGNING.test(name));
    return Object.fromEntries(given.map(([name, value]) => [name, value == null ? null : String(value)]));
  }

  get body() {
    return String(this.response.httpResponse.body ?? '');
  }

  /** @param {number} state @returns {any} */
  before(state) {
    const { request, response } = this;
    request._state = STATES[state];
    if (request._haltAt === request._state) return HALT;
    this.problem = null;
    if (this.signal.signal.aborted && !isTerminal(state)) {
      // What is to be decided about an aborted call is decided: it goes to its end.
      response.error = request._aborted;
      this.rest = state > 7 ? request.listeners(STATES[state]).filter((/** @type {any} */ one) => !one.bit) : [];
      return 0;
    }
    if (isEnd(state)) request._over = true;
    const list = request.listeners(STATES[state]);
    const at = list.findIndex((/** @type {any} */ one) => one.bit);
    const head = at < 0 ? list : list.slice(0, at);
    const bits = list.reduce((/** @type {number} */ all, /** @type {any} */ { bit = 0 }) => all | bit, 0);
    this.rest = at < 0 ? [] : list.slice(at).filter((/** @type {any} */ one) => !one.bit);
    const given = this.call(state, head, (problem) => (this.problem = problem));
    const asked = () => (this.signal.signal.aborted && !isTerminal(state) ? 0 : bits | (state === 0 && bits & 4 ? this.checks() : 0));
    return isPromise(given) ? given.then(asked) : asked();
  }

  /** Bits for the checks that are made on request only. */
  checks() {
    const asked = this.request.service.config.paramValidation;
    return ['min', 'max', 'pattern', 'enum'].reduce((bits, name, i) => bits | (asked?.[name] === true ? 8 << i : 0), 0);
  }

  /**
   * @param {number} state
   * @param {any} problem
   * @param {any} made
   * @returns {any} whether there is an error
   */
  after(state, problem, made) {
    const { response } = this;
    const aborted = this.signal.signal.aborted && !isTerminal(state);
    if (aborted) response.error = this.request._aborted;
    else if (problem !== undefined) this.fail(state, problem);
    else if (made !== undefined) this.take(state, made);
    if (state === 4 && response.error) this.request.emit('httpError', [response.error, response]);
    const given = this.call(state, this.rest, (thrown) => {
      if (thrown) response.error = thrown;
      if (this.signal.signal.aborted && !isTerminal(state)) response.error = this.request._aborted;
      return Boolean(response.error);
    });
    return given;
  }

  /** Calls listeners; what is thrown at the end of a call is the application's own exception. @param {number} state @param {any[]} list @param {(problem: any) => any} then */
  call(state, list, then) {
    const { request } = this;
    const given = request.callListeners(list, request.eventParameters(STATES[state], this.response), this.problem);
    const settle = (/** @type {any} */ problem) => {
      if (problem && isTerminal(state)) {
        setTimeout(() => {
          throw problem;
        });
        return then(null);
      }
      return then(problem);
    };
    if (!isPromise(given)) return settle(given);
    return this.unlessAborted(given).then(settle, () => settle(null));
  }

  /** @template T @param {Promise<T>} promise @returns {Promise<T>} */
  unlessAborted(promise) {
    const { signal } = this.signal;
    return Promise.race([promise, new Promise((_, reject) => {
      if (signal.aborted) reject(this.request._aborted);
      signal.addEventListener('abort', () => reject(this.request._aborted), { once: true });
    })]);
  }

  /** @param {number} state @param {any} problem what the core, or the transport, says went wrong */
  fail(state, problem) {
    const { response, httpRequest } = this;
    if (state === 6) {
      polish(problem, this.body);
      response.data = {};
    }
    const mine = ofCore(problem);
    if (state === 4) {
      const lost = mine.code === 'NetworkingError' || mine.code === 'TimeoutError';
      mine.retryable = lost;
      if (lost) Object.assign(mine, { region: httpRequest.region, hostname: httpRequest.endpoint.hostname });
    }
    response.error = mine;
    // These are thrown in v2, where what a listener throws after that is merged with it; the others are just set.
    if (state === 1 || state === 6 || (state === 0 && mine.code !== 'CredentialsError' && mine.code !== 'ConfigError')) this.problem = mine;
  }

  /** Takes over what a state made. @param {number} state @param {any} made */
  take(state, made) {
    const { response, httpRequest, request } = this;
    const { headers } = httpRequest;
    switch (STATES[state]) {
      case 'build': {
        const [method, path, body] = made;
        httpRequest.method = method;
        httpRequest.path = request.service.endpoint.path.replace(/\/+$/, '') + path;
        if (body === undefined) break;
        httpRequest.body = body;
        headers['Content-Type'] ??= 'application/json';
        break;
      }
      case 'afterBuild':
        headers['X-Amz-Content-Sha256'] = made;
        break;
      case 'sign': {
        const added = JSON.parse(made);
        for (const name of Object.keys(headers)) if (MADE_BY_SIGNING.test(name)) delete headers[name];
        headers['X-Amz-Content-Sha256'] = added['x-amz-content-sha256'];
        headers['X-Amz-Date'] = added['x-amz-date'];
        if (added['x-amz-security-token']) headers['x-amz-security-token'] = added['x-amz-security-token'];
        headers.Authorization = added.authorization;
        request.signedAt = request.service.getSkewCorrectedDate();
        break;
      }
      case 'extractData': {
        const [json, dates] = made;
        response.data = request.service.config.convertResponseTypes === false ? Object(JSON.parse(this.body || '{}')) : finish(json, dates, response.httpResponse.statusCode, undefined, response.retryCount + 1, 0);
        break;
      }
      case 'extractError':
        response.error = ofCore(made, this.body);
    }
  }

  /** @returns {Promise<any>} */
  credentials() {
    const { config } = this.request.service;
    const found = new Promise((resolve, reject) => {
      config.getCredentials((/** @type {any} */ problem, /** @type {any} */ credentials) => {
        if (!problem && credentials?.accessKeyId && credentials.secretAccessKey) return resolve(credentials);
        const cause = problem ?? makeError(new Error(), { code: 'CredentialsError', message: 'Missing credentials' });
        reject(makeError(cause, {
          code: 'CredentialsError',
          message: 'Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1',
        }));
      });
    });
    return this.unlessAborted(found);
  }

  /** @param {number} most */
  send(most) {
    return send(this, most);
  }

  /** @param {number} ms */
  sleep(ms) {
    const { response } = this;
    response.retryCount++;
    response.error = null;
    const limit = new Limit(ms, this.signal.signal, false);
    return limit.until(undefined, 0).then(({ end }) => {
      if (end !== 1) throw this.request._aborted;
    });
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
