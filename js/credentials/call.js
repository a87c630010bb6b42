// @ts-check
// One call to another service of AWS, for credentials: sent, signed and repeated by the core, as calls to IVS are.
import { IVSError } from '../errors.js';
import { run } from '../load.js';
import { TRAITS, delay, drive, traits } from '../v2/rules.js';
import { send } from '../v2/send.js';
import { readError } from './read.js';

/** The states of src/states.rs that something is done in. */
const [SIGN, SEND, VALIDATE_RESPONSE, EXTRACT_ERROR, RETRY, AFTER_RETRY] = [3, 4, 5, 7, 8, 9];

/**
 * @typedef {{ accessKeyId: string, secretAccessKey: string, sessionToken?: string }} Keys
 * @typedef {{ endpoint: string, service: string, region: string, headers: Record<string, string>, body: string, method?: string, keys?: Keys,
 *   fetch?: Function, timeout?: number, maxRetries?: number, systemClockOffset?: number }} Call
 */

/**
 * Makes a call and gives the body of its answer.
 * @param {Call} call
 * @returns {Promise<string>}
 */
export async function post(call) {
  const view = new Plain(call);
  await run(() => drive(view, '', SIGN));
  if (view.response.error) throw view.response.error;
  return view.body;
}

/** A request without listeners. */
class Plain {
  signal = new AbortController();
  body = '';

  /** @param {Call} call */
  constructor({ endpoint, service, region, headers, body, method = 'POST', keys, fetch, timeout = 10_000, maxRetries = 3, systemClockOffset = 0 }) {
    const { protocol, host, pathname, search } = new URL(endpoint);
    this.keys = keys;
    this.given = { ...headers, host };
    this.signingName = service;
    this.offset = systemClockOffset;
    this.httpRequest = { method, path: pathname + search, headers: this.given, body, region, endpoint: { protocol, host } };
    /** @type {any} */
    this.response = { error: null, retryCount: 0, maxRetries, httpResponse: {} };
    this.request = { service: { config: { fetch, httpOptions: { timeout } } }, emit: this.heard.bind(this) };
  }

  /** What is signed when the first answer was lost is signed anew. */
  get headers() {
    return this.given;
  }

  get most() {
    return this.response.maxRetries;
  }

  /** @param {string} event @param {any[]} args */
  heard(event, [status, headers]) {
    if (event === 'httpHeaders') this.response.httpResponse = { statusCode: status, headers };
  }

  /** @param {number} state */
  before(state) {
    return state === SEND || state === AFTER_RETRY || (state === SIGN && this.keys) ? 1 : 0;
  }

  /** @param {number} state @param {any} problem @param {any} made */
  after(state, problem, made) {
    const { response } = this;
    const { statusCode } = response.httpResponse;
    if (problem) response.error = problem;
    else if (state === SIGN && made) this.sign(JSON.parse(made));
    else if (state === SEND) this.body = made;
    else if (state === VALIDATE_RESPONSE && !(statusCode >= 200 && statusCode < 300)) response.error = {};
    else if (state === EXTRACT_ERROR) response.error = new IVSError(...readError(statusCode, this.body));
    if (state === RETRY) {
      response.error.retryable = Boolean(traits(response.error) & TRAITS.retryable) || response.error.code === 'IDPCommunicationError';
      response.error.retryDelay = delay(response.retryCount, undefined, response.error);
    }
    return Boolean(response.error);
  }

  /** @param {Record<string, string>} added */
  sign(added) {
    this.httpRequest.headers = { ...this.given, ...added };
  }

  credentials() {
    return this.keys;
  }

  /** @param {number} most */
  send(most) {
    return send(this, most);
  }

  /** @param {number} ms */
  sleep(ms) {
    this.response.retryCount++;
    this.response.error = null;
    return new Promise((resolve) => setTimeout(resolve, ms, 0));
  }
}
