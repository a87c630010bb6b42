// @ts-check
// The endpoint as a fetch function: same arguments, same answers, no network.

import { connectionOf, isBare } from './faults.js';

const DRIP = 16;

/** @param {(incoming: import('./endpoint.js').Incoming) => Promise<import('./endpoint.js').Answer>} handle */
export function makeFetch(handle) {
  /**
   * @param {string | URL | Request} resource
   * @param {RequestInit} [init]
   * @returns {Promise<Response>}
   */
  return async function fetch(resource, init) {
    const request = resource instanceof Request ? new Request(resource, init) : undefined;
    const signal = init?.signal ?? request?.signal ?? undefined;
    signal?.throwIfAborted();
    const answer = await untilAborted(handle(await incoming(resource, init, request)), signal);
    const { fault } = answer;
    if (fault?.delayMs) await pause(fault.delayMs, signal);
    const connection = connectionOf(answer);
    if (connection === 'hang') await untilAborted(new Promise(() => {}), signal);
    if (connection === 'reset') throw new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
    return new Response(isBare(answer.status) ? null : bodyOf(answer, signal), { status: answer.status, headers: answer.headers });
  };
}

/** @param {string | URL | Request} resource @param {RequestInit | undefined} init @param {Request | undefined} request */
async function incoming(resource, init, request) {
  const url = new URL(request ? request.url : String(resource));
  const headers = new Map(new Headers(request ? request.headers : init?.headers));
  const body = request ? new Uint8Array(await request.arrayBuffer()) : await bytesOf(init?.body);
  // A caller of fetch cannot write these two, the platform does; they may be signed all the same.
  headers.set('host', url.host);
  if (body.length) headers.set('content-length', String(body.length));
  return { method: (request?.method ?? init?.method ?? 'GET').toUpperCase(), path: url.pathname, query: url.search.slice(1), headers, body };
}

/** @param {BodyInit | null | undefined} body */
async function bytesOf(body) {
  return body === null || body === undefined ? new Uint8Array() : new Uint8Array(await new Response(body).arrayBuffer());
}

/** @param {import('./endpoint.js').Answer} answer @param {AbortSignal | undefined} signal */
function bodyOf({ body, fault }, signal) {
  const bytes = new TextEncoder().encode(body);
  const kind = fault?.connection;
  if (kind !== 'drip' && kind !== 'stall' && kind !== 'short') return bytes;
  return new ReadableStream({
    async start(controller) {
      signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
      if (kind === 'drip') {
        for (let at = 0; at < bytes.length && !signal?.aborted; at += DRIP) {
          controller.enqueue(bytes.slice(at, at + DRIP));
          await new Promise((resolve) => setTimeout(resolve, fault?.dripMs ?? 20));
        }
        if (!signal?.aborted) controller.close();
        return;
      }
      controller.enqueue(bytes.slice(0, bytes.length >> 1));
      if (kind === 'short') controller.error(new TypeError('terminated'));
    },
  });
}

/** A timer that is still set would hold the process of a test that has ended. @param {number} ms @param {AbortSignal | undefined} signal */
async function pause(ms, signal) {
  /** @type {any} */
  let timer;
  try {
    await untilAborted(new Promise((resolve) => { timer = setTimeout(resolve, ms); }), signal);
  } finally {
    clearTimeout(timer);
  }
}

/** @template T @param {Promise<T>} promise @param {AbortSignal | undefined} signal @returns {Promise<T>} */
function untilAborted(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
