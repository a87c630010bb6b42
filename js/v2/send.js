// @ts-check
// The exchange of one attempt, with v2's events for its parts.
import { bytes } from './bytes.js';
import { Limit, header, timed } from '../transport.js';

/** What fetch sets by itself, or refuses to be told. */
const NOT_SENT = /^(host|content-length|user-agent)$/i;

/** Where a request goes: as v2, by hostname and port. A port that goes without saying is not sent. @param {any} endpoint */
export const hostOf = ({ protocol, host, hostname = host, port }) =>
  (port && Number(port) !== (protocol === 'https:' ? 443 : 80) ? `${hostname}:${port}` : hostname);

/** Headers without regard to the case of their names: as in v2, the last one of a name counts; fetch would join them. @param {Record<string, any>} headers */
export function distinct(headers) {
  const names = Object.keys(headers);
  if (new Set(names.map((name) => name.toLowerCase())).size === names.length) return headers;
  /** @type {Record<string, [string, any]>} */
  const known = {};
  for (const name of names) {
    const key = name.toLowerCase();
    delete known[key];
    known[key] = [name, headers[name]];
  }
  return Object.fromEntries(Object.values(known));
}

/**
 * Sends a request as it stands. Gives the body as text, or how the answer was lost: why the limit was over, if it was, and what
 * was thrown.
 * @param {any} request
 * @param {import('./stop.js').Stop | undefined} signal
 * @param {number} most how many bytes an answer may have
 * @returns {Promise<string | { end: number, ms?: number, thrown?: unknown }>}
 */
export async function send(request, signal, most) {
  const { response, httpRequest, service: { config } } = request;
  const { timeout, xhrWithCredentials, fetch: own } = config.httpOptions ?? {};
  const ms = timed(Number(timeout));
  response.error = response.data = null;
  const limit = new Limit(ms, signal, true);
  httpRequest.stream = limit;
  try {
    const { method, body, endpoint, path } = httpRequest;
    const fetch = config.fetch ?? own ?? globalThis.fetch;
    const sent = Object.entries(distinct(httpRequest.headers)).filter(([name]) => !NOT_SENT.test(name));
    // A text without a type gets one from fetch; bytes get none.
    const isTyped = sent.some(([name]) => name.toLowerCase() === 'content-type') || typeof body !== 'string';
    const init = {
      method,
      headers: Object.fromEntries(sent),
      body: method === 'GET' || method === 'HEAD' || body === '' ? undefined : isTyped ? body : bytes(body),
      redirect: 'manual', // a signature holds for one host only
      signal: limit.signal,
      ...(xhrWithCredentials && { credentials: 'include' }),
    };
    const answer = Promise.resolve(fetch(`${endpoint.protocol}//${hostOf(endpoint)}${path}`, init));
    const size = init.body === undefined ? 0 : httpRequest.headers['Content-Length'];
    if (size) request.emit('httpUploadProgress', [{ loaded: size, total: size }, response]);
    const told = answer.then((got) => {
      request.emit('httpHeaders', [got.status, Object.fromEntries(got.headers), response, got.statusText]);
      return got;
    });
    const { end, value } = await limit.until(told, most);
    if (end) return { end, ms, thrown: value };
    const { text } = value;
    if (text) {
      const chunk = bytes(text);
      const total = header(value.headers, 'content-length');
      request.emit('httpDownloadProgress', [{ loaded: chunk.length, total }, response]);
      request.emit('httpData', [chunk, response]);
    }
    request.emit('httpDone', [response]);
    return text;
  } catch (thrown) {
    limit.clear();
    return { end: 3, thrown };
  }
}
