// @ts-check
// service.waitFor: a request that is made again until the resource is in a state.
import { error } from './error.js';
import { WAITERS, judge } from '../waiters.js';

/**
 * @param {any} service
 * @param {string} state
 * @param {any} [params] with `$waiter: { delay, maxAttempts }` for other times than usual
 * @param {any} [callback]
 */
export function waitFor(service, state, params, callback) {
  if (typeof params === 'function') [params, callback] = [undefined, params];
  const waiter = Object.hasOwn(WAITERS, state) && WAITERS[state];
  if (!waiter) throw error(new Error(), { code: 'StateNotFoundError', message: `State ${state} not found.` });
  const { $waiter, ...rest } = params ?? {};
  const { delay, maxAttempts } = { ...waiter, ...$waiter };
  const request = service.makeRequest(waiter.operation, rest);
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
  if (callback) request.send(callback);
  return request;
}
