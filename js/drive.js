// @ts-check
// The waiting of a call. This file is also compiled into the wasm glue as it stands, so it imports nothing.

/**
 * Waits as often as the core wants, and gives what it gives in the end. The core keeps nothing of JavaScript's meanwhile but
 * its own place for the call, so a Worker that forgets a request forgets the wait with it.
 * @param {(place: number, call: number, outcome: unknown) => unknown} step goes on with what was waited for; gives the next wait, a Promise, or the result; throws the rejection
 * @param {number} place
 * @param {number} call
 * @param {unknown} next
 */
export async function drive(step, place, call, next) {
  // By its method, since there are pages whose `Promise` is not the one that async functions give. Results come from JSON, which has no functions.
  while (typeof /** @type {any} */ (next)?.then === 'function') next = step(place, call, await next);
  return next;
}
