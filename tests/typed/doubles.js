// @ts-check
// Transports for the tests of the typed API.

/** @type {WeakMap<Function, any>} */
const seen = new WeakMap();

/**
 * @param {number} status -1 never answers, -2 throws the body as text of an error
 * @param {string} body
 */
export function double(status, body) {
  /** @param {string} url @param {RequestInit} init */
  const fetch = (url, init) => {
    seen.set(fetch, { url, init });
    if (status === -1) return new Promise(() => {});
    if (status === -2) throw new TypeError(body);
    return Promise.resolve(new Response(body, { status }));
  };
  return fetch;
}

/** @param {Function} double */
export function latest(double) {
  const { url, init } = seen.get(double);
  const { method, headers, body, redirect, signal } = init;
  return { url, method, body, redirect, headers: Object.fromEntries(headers), aborted: signal.aborted };
}
