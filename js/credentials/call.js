// @ts-check
// One call to another service of AWS, for credentials: signed by the core, which also says whether and when it is
// made again, as it does of calls to IVS. What needs neither is done without it: most of these calls are not signed.
import { IVSError } from '../errors.js';
import { send } from '../v2/send.js';
import { TRAITS, delay, load, loss, sign, traits } from '../v2/wasm.js';
import { readError } from './read.js';

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
  const httpRequest = { method, path: pathname + search, headers: given, body, region, endpoint: { protocol, host } };
  for (let retry = 0; ; retry++) {
    if (keys) {
      await load();
      // What is signed when the first answer was lost is signed anew.
      httpRequest.headers = { ...given, ...sign(keys, httpRequest, service, given, Date.now() + systemClockOffset) };
    }
    let [status, answered] = [0, /** @type {Record<string, string>} */ ({})];
    const sent = await send({
      httpRequest,
      response: {},
      service: { config: { fetch, httpOptions: { timeout } } },
      emit: (/** @type {string} */ event, /** @type {any[]} */ [first, second]) => {
        if (event === 'httpHeaders') [status, answered] = [first, second];
      },
    });
    if (typeof sent === 'string' && status >= 200 && status < 300) return sent;
    await load();
    const error = typeof sent === 'string' ? new IVSError(...readError(status, sent, answered)) : loss(sent);
    const kind = traits(error);
    // What has expired stays so: the same call would be refused again.
    error.retryable = Boolean(kind & TRAITS.retryable && !(kind & TRAITS.expired)) || error.code === 'IDPCommunicationError';
    if (retry < maxRetries) error.retryDelay = delay(retry, retryDelayOptions, error);
    if (!error.retryable || retry >= maxRetries) throw error;
    await new Promise((resolve) => setTimeout(resolve, error.retryDelay));
  }
}
