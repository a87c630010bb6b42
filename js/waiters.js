// @ts-check
// Waiting until something is in a state: asking again and again, with a pause between.
import { IVSError } from './errors.js';

/**
 * delay: seconds between two questions; wanted: the state at `path` that ends the wait; refused: codes of errors that end it, too;
 * bad: a state that it never gets out of, and why.
 * @typedef {{ operation: string, delay: number, maxAttempts: number, path: string[], wanted: string, notYet?: string[], ends?: string[],
 *   bad?: Record<string, string> }} Waiter
 */

const CREATE_FAILED = "The recording configuration is in the state CREATE_FAILED and stays there. Most often its S3 bucket is in another " +
  'Region: a bucket outside of us-east-1 whose Region is not that of this client is only noticed now. Delete the configuration, and ' +
  'create one with a bucket of the same Region and account.';

/** @type {Record<string, Waiter>} */
export const WAITERS = {
  channelLive: {
    operation: 'getStream', delay: 5, maxAttempts: 60, path: ['stream', 'state'], wanted: 'LIVE', notYet: ['ChannelNotBroadcasting'],
  },
  channelOffline: {
    operation: 'getStream', delay: 5, maxAttempts: 60, path: ['stream', 'state'], wanted: 'OFFLINE', ends: ['ChannelNotBroadcasting'],
  },
  recordingConfigurationActive: {
    operation: 'getRecordingConfiguration', delay: 2, maxAttempts: 30, path: ['recordingConfiguration', 'state'], wanted: 'ACTIVE',
    bad: { CREATE_FAILED },
  },
};

/**
 * What an answer means for the wait.
 * @param {Waiter} waiter
 * @param {any} error
 * @param {any} data
 * @returns {{ done: boolean, again: boolean, message?: string }}
 */
export function judge(waiter, error, data) {
  if (error) return { done: Boolean(waiter.ends?.includes(error.code)), again: Boolean(waiter.notYet?.includes(error.code)) };
  const state = waiter.path.reduce((value, key) => value?.[key], data);
  const message = waiter.bad?.[state];
  return { done: state === waiter.wanted, again: !message, message };
}

/**
 * Asks until the state is reached; for the modern client's waitFor().
 * @param {(operation: string, params: any, options: any) => Promise<any>} call
 * @param {string} state
 * @param {any} params
 * @param {{ delay?: number, maxAttempts?: number, signal?: AbortSignal } & Record<string, any>} [options] delay in seconds
 * @returns {Promise<any>} the answer that showed the state; {} where an error did
 */
export async function waitFor(call, state, params, options) {
  const waiter = Object.hasOwn(WAITERS, state) && WAITERS[state];
  if (!waiter) throw new IVSError(`State ${state} not found.`, { code: 'StateNotFoundError' });
  const { delay, maxAttempts, ...rest } = { ...waiter, ...options };
  for (const key of ['operation', 'path', 'wanted', 'notYet', 'ends', 'bad']) delete rest[key];
  for (let attempt = 1; ; attempt++) {
    let data, error;
    try {
      data = await call(waiter.operation, params, rest);
    } catch (thrown) {
      error = thrown;
    }
    const { done, again, message } = judge(waiter, error, data);
    if (done) return data ?? {};
    if (error && !again) throw error;
    if (!again || attempt > maxAttempts) {
      throw new IVSError(message ?? `Resource is not in the state ${state}`, { code: 'ResourceNotReady', retryable: again, originalError: error });
    }
    await pause(delay * 1000, rest.signal);
  }
}

/** @param {number} ms @param {AbortSignal} [signal] @returns {Promise<void>} */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new IVSError('Request aborted by user', { code: 'RequestAbortedError', retryable: false }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
