// @ts-check
// Waiting until something is in a state: asking again and again, with a pause between.
import { aborted, failure } from './errors.js';
import { Limit } from './transport.js';

/**
 * delay: seconds between two questions, and maxAttempts, if the caller does not say otherwise; wanted: the state of `thing` that ends the wait;
 * notYet and ends: the code of the error that means to go on, or the end; bad: a state that it never gets out of, and why.
 * @typedef {{ operation: string, delay: number, maxAttempts: number, thing: string, wanted: string, notYet?: string, ends?: string,
 *   bad?: Record<string, string> }} Waiter
 */

/** @type {Omit<Waiter, 'wanted'>} */
const STREAM = { operation: 'getStream', delay: 5, maxAttempts: 60, thing: 'stream' };
const NONE = 'ChannelNotBroadcasting';
const CREATE_FAILED = 'The recording configuration is in the state CREATE_FAILED and stays there: most often its S3 bucket is in another Region, ' +
  'which us-east-1 notices only now. Delete it, and create one with a bucket of the same Region and account.';

/** @type {Record<string, Waiter>} */
export const WAITERS = {
  channelLive: { ...STREAM, wanted: 'LIVE', notYet: NONE },
  channelOffline: { ...STREAM, wanted: 'OFFLINE', ends: NONE },
  recordingConfigurationActive: {
    operation: 'getRecordingConfiguration', delay: 2, maxAttempts: 30, thing: 'recordingConfiguration', wanted: 'ACTIVE', bad: { CREATE_FAILED },
  },
};

/**
 * What an answer means for the wait.
 * @param {Waiter} waiter
 * @param {any} error
 * @param {any} data
 * @returns {{ done: boolean, again: boolean, message?: string }}
 */
export function judge({ thing, wanted, notYet, ends, bad }, error, data) {
  if (error) {
    const { code = '' } = error;
    return { done: code === ends, again: code === notYet };
  }
  const state = data?.[thing]?.state;
  const message = bad?.[state];
  return { done: state === wanted, again: !message, message };
}

/**
 * Asks until the state is reached; for the modern client's waitFor().
 * @param {any} ivs
 * @param {string} state
 * @param {any} params
 * @param {{ delay?: number, maxAttempts?: number, signal?: AbortSignal } & Record<string, any>} options delay in seconds
 * @returns {Promise<any>} the answer that showed the state; {} where an error did
 */
export async function waitFor(ivs, state, params, options) {
  if (!Object.hasOwn(WAITERS, state)) throw failure(`State ${state} not found.`, { code: 'StateNotFoundError' });
  const waiter = WAITERS[state];
  const { delay = waiter.delay, maxAttempts = waiter.maxAttempts, ...rest } = options;
  for (let attempt = 1; ; attempt++) {
    let data, error;
    try {
      data = await ivs[waiter.operation](params, rest);
    } catch (thrown) {
      error = thrown;
    }
    const { done, again, message } = judge(waiter, error, data);
    if (done) return data ?? {};
    if (error && !again) throw error;
    // Whatever is no number has an end, too.
    if (!again || !(attempt < maxAttempts)) {
      throw failure(message ?? `Resource is not in the state ${state}`, { code: 'ResourceNotReady', retryable: again, originalError: error });
    }
    const { end, value } = await new Limit(Math.min(Number(delay) * 1e3, 2e9), rest.signal, false).until(undefined, 0);
    if (end > 1) throw aborted(value);
  }
}
