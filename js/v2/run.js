// @ts-check
// How far a request is, and who is told of it.
import { Stop } from './stop.js';

/** @typedef {import('./request.js').Request} Request */

/** What ends it, where it goes on, whether it is under way, or over, who is told when it has come to a state, and who was told of its end. */
export const begin = () => ({
  stop: new Stop(),
  from: /** @type {number | undefined} */ (undefined),
  running: false,
  over: false,
  halted: /** @type {{ state?: string, done: (problem: any) => void }[]} */ ([]),
  told: /** @type {any[]} */ ([]),
});

/** Tells those who wanted it to go as far as this state; at the end all who are left. @param {Request} request @param {string} [state] */
export function reached(request, state) {
  const { halted } = request._run;
  if (!halted.length) return;
  const due = halted.filter((one) => state === undefined || one.state === state);
  request._run.halted = halted.filter((one) => !due.includes(one));
  for (const { done } of due) done.call(request, request.response.error);
}

/** There is an end now: whoever listens for it later is told at once. @param {Request} request */
export function ended(request) {
  request._run.over = true;
  request._run.told = request.listeners('complete');
}

/** Calls who has listened for the end since. @param {Request} request */
export function tellLate(request) {
  const late = request.listeners('complete').filter((one) => !request._run.told.includes(one));
  request._run.told.push(...late);
  queueMicrotask(async () => {
    const thrown = await request.callListeners(late, [request.response]);
    // The application's own exception.
    if (thrown) setTimeout(() => { throw thrown; });
  });
}
