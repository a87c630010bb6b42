// @ts-check
// What few programs need comes with the first request that needs it: the request waits for it at its beginning.

/** @param {any} request @param {() => Promise<unknown>} load */
export function later(request, load) {
  request.onAsync('validate', (/** @type {any} */ _, /** @type {any} */ done) => load().then(() => done(), done), true);
}
