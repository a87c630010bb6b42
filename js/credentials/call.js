// @ts-check
// One call to another service of AWS, for credentials: signed by the core, which also says whether and when it is
// made again, as it does of calls to IVS. What needs neither is done without it: most of these calls are not signed.
import { IVSError, words } from '../errors.js';
import { send } from '../v2/send.js';
import { TRAITS, again, delay, load, signable, step, traits } from '../v2/wasm.js';
import { readError } from './read.js';

/** The steps of a call that the core makes, by the numbers of v2's states: signing, with the listener for it; and the lack of an answer. */
const SIGN = 3 | 1 << 4, LOST = 4;

/** How long an answer may be. The core, which says it of calls to IVS, is not even loaded for most of these. */
const MOST = 6 * 1024 * 1024;

/**
 * @typedef {{ accessKeyId: string, secretAccessKey: string, sessionToken?: string }} Keys
 * @typedef {{ endpoint: string, service: string, region: string, headers: Record<string, string>, body: string, method?: string, keys?: Keys,
 *   fetch?: Function, timeout?: number, maxRetries?: number, systemClockOffset?: number, retryDelayOptions?: any }} Call
 */

/**
 * Makes a call and gives the body of its answer.
 * @param {Call} call
 * @returns {Promise<string>}
 */
export async function post(call) {
  const { endpoint, service, region, headers, body, method = 'POST', keys, fetch, timeout = 10_000, maxRetries = 3, systemClockOffset = 0, retryDelayOptions } = call;
  const { protocol, host, pathname, search } = new URL(endpoint);
  const given = { ...headers, host };
  const httpRequest = { method, path: pathname + search, headers: given, body, region, endpoint: new URL(endpoint) };
  for (let retry = 0; ; retry++) {
    if (keys) {
      await load();
      // What is signed when the first answer was lost is signed anew.
      httpRequest.headers = given;
      const { headers: added, error } = step(SIGN, Date.now() + systemClockOffset, signable(keys, httpRequest, httpRequest.headers, service));
      if (error) throw error;
      httpRequest.headers = { ...given, ...added };
    }
    let [status, answered] = [0, /** @type {Record<string, string>} */ ({})];
    const sent = await send({
      httpRequest,
      response: {},
      service: { config: { fetch, httpOptions: { timeout } } },
      emit: (/** @type {string} */ event, /** @type {any[]} */ [first, second]) => {
        if (event === 'httpHeaders') [status, answered] = [first, second];
      },
    }, undefined, MOST);
    if (typeof sent === 'string' && status >= 200 && status < 300) return sent;
    await load();
    const error = typeof sent === 'string' ? new IVSError(...readError(status, sent, answered)) : lost(sent);
    const kind = traits(error);
    // What has expired stays so: the same call would be refused again.
    error.retryable = Boolean(kind & TRAITS.retryable && !(kind & TRAITS.expired)) || error.code === 'IDPCommunicationError';
    const tried = { retryCount: retry, maxRetries };
    if (again(true, tried)) error.retryDelay = delay(retry, retryDelayOptions, error);
    if (!again(error.retryable, tried)) throw error;
    await new Promise((resolve) => setTimeout(resolve, error.retryDelay));
  }
}

/** @param {{ end: number, ms?: number, thrown?: unknown }} how @returns {any} */
const lost = ({ end, ms = 0, thrown }) => step(LOST, ms, ['', '', `${end}`, words(thrown, 'Network Failure')], thrown).error;
