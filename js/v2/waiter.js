// @ts-check
// service.waitFor: a request that is made again until the resource is in a state.
import { error } from './error.js';
import { WAITERS, judge } from '../waiters.js';

/**
 * @param {any} request
 * @param {string} state
 * @param {any} [$waiter] `{ delay, maxAttempts }` for other times than usual
 */
export function wait(request, state, $waiter) {
  const waiter = WAITERS[state];
  const [delay, maxAttempts] = /** @type {const} */ (['delay', 'maxAttempts']).map((key) => (typeof $waiter?.[key] === 'number' ? $waiter[key] : waiter[key]));
  const { response } = request;
  response.maxRetries = maxAttempts;
  const check = () => {
    const verdict = judge(waiter, response.error, response.data);
    if (verdict.done) {
      response.error = null;
      response.data ??= {};
      return;
    }
    if (response.error && !verdict.again) {
      // Neither the state nor a step on the way to it: the error itself says best what is wrong.
      if (!verdict.message) return;
    }
    response.data = null;
    response.error = error(response.error ?? new Error(), {
      code: 'ResourceNotReady',
      message: verdict.message ?? `Resource is not in the state ${state}`,
      retryable: verdict.again,
    });
  };
  request.on('extractData', check);
  request.on('extractError', () => {
    check();
    // The answer was an error, and there is nothing to read from it.
    if (!response.error) request.removeAllListeners('extractData');
  });
  request.on('retry', () => {
    if (response.error?.code === 'ResourceNotReady') response.error.retryDelay = delay * 1000;
  });
}
