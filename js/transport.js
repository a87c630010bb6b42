// @ts-check
// What can end an attempt from outside, and the reading of an answer. This file is also compiled into the wasm glue as it
// stands, so it imports nothing.

/** Announced bodies up to this length are read in one go, but not compressed ones: 64 KB can become 64 MB. (A page may not be told.) */
const SMALL = 65536;

/**
 * How a wait ended: 0 with `value`, 1 by the time, 2 by the signal (then `value` is its reason), 3 by what was thrown (then `value` is that), 4 with an answer that is too long.
 * @typedef {{ end: number, value?: any }} Outcome
 */

/**
 * As much of an AbortSignal as is asked of one here.
 * @typedef {Record<'addEventListener' | 'removeEventListener', (event: 'abort', listener: () => void) => void> & { readonly aborted: boolean, readonly reason?: unknown }} Ending
 */

/**
 * What ends with a signal. Of each signal one listener for all of it: a hundred calls may share one, and Node warns of a leak from the eleventh
 * listener on.
 * @type {WeakMap<Ending, Set<() => void> & { listener?: () => void }>}
 */
const ends = new WeakMap();

/** How long a timer waits; for ever where it is 0, or more than a timer can. @param {unknown} ms */
export const timed = (ms) => (ms === +(/** @type {any} */ (ms)) && ms > 0 && ms < 2 ** 31 ? ms : undefined);

/** A limit of time, of a caller's signal, of both, or of neither. */
export class Limit {
  /** Of the body that is being read. @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  reader;
  /** How the limit ended, if it is over. @type {Outcome | undefined} */
  over;
  /** Ends the wait. @type {((outcome: Outcome) => void) | undefined} */
  done;

  /**
   * @param {number | undefined} ms
   * @param {Ending | undefined} outer
   * @param {boolean} controlled whether a signal of its own follows, for a transport
   */
  constructor(ms, outer, controlled) {
    if (ms === undefined && !outer) return;
    const controller = controlled ? new AbortController() : undefined;
    this.signal = controller?.signal;
    const stop = (/** @type {number} */ end, /** @type {unknown} */ value) => {
      this.over ??= { end, value };
      this.done?.(this.over);
      controller?.abort();
      quit(this.reader);
    };
    const timer = ms === undefined ? undefined : setTimeout(stop, ms, 1);
    const end = () => stop(2, outer?.reason);
    let all = outer && ends.get(outer);
    if (outer && !all?.size) {
      ends.set(outer, (all = new Set()));
      outer.addEventListener('abort', (all.listener = () => all?.forEach((one) => one())));
    }
    all?.add(end);
    this.clear = () => {
      clearTimeout(timer);
      if (all?.delete(end) && !all.size) outer?.removeEventListener('abort', /** @type {() => void} */ (all.listener));
    };
    if (outer?.aborted) end();
  }

  clear() {}

  /**
   * What a promise comes to within the limit, which is cleared then; without a promise, the end of the limit. Early when the limit is
   * over, whether a transport heeds the signal or not. Never rejected.
   * @param {Promise<any> | undefined} promise
   * @param {number} most if it is the promise of an answer, so many bytes of its body are read; 0 for anything else
   * @returns {Promise<Outcome>}
   */
  async until(promise, most) {
    /** @type {Outcome} */
    const outcome = await new Promise((resolve) => {
      if (this.over) resolve(this.over);
      this.done = resolve;
      // Whatever a transport gives is taken for its answer.
      if (promise || most) settle(this, promise, most).then(resolve);
    });
    this.clear();
    return outcome;
  }
}

/** @param {Limit} limit @param {Promise<any> | undefined} promise @param {number} most @returns {Promise<Outcome>} */
async function settle(limit, promise, most) {
  try {
    const value = await promise;
    return most ? await read(limit, value, most) : { end: 0, value };
  } catch (value) {
    return { end: 3, value };
  }
}

/** A header of an answer. @param {Headers} headers @param {string} name */
export function header(headers, name) {
  const value = headers.get(name);
  return value == null ? undefined : `${value}`;
}

/** @param {Limit} limit @param {Response} response @param {number} most @returns {Promise<Outcome>} */
async function read(limit, response, most) {
  const { status, statusText, headers } = response;
  // What the core asks of an answer. Made here, where something that is no Response can throw.
  const value = { status: Number(status), reason: `${statusText ?? ''}`, headers, text: '' };
  const announced = header(headers, 'content-length');
  if (Number(announced) > most) {
    quit(response.body);
    return { end: 4 };
  }
  const reader = announced && Number(announced) <= SMALL && !header(headers, 'content-encoding') ? undefined : response.body?.getReader?.();
  if (!reader) {
    // Whatever a transport says is its text.
    value.text = `${await response.text()}`;
    return value.text.length > most ? { end: 4 } : { end: 0, value };
  }
  limit.reader = reader;
  if (limit.over) quit(reader);
  const decoder = new TextDecoder();
  let length = 0;
  for (;;) {
    const { done, value: bytes } = await reader.read();
    value.text += decoder.decode(bytes, { stream: !done });
    if (done) return { end: 0, value };
    if ((length += bytes.byteLength) > most) {
      quit(reader);
      return { end: 4 };
    }
  }
}

/** A transport that knows no signals would send on for ever. @param {{ cancel(): Promise<void> } | null | undefined} reader */
async function quit(reader) {
  try {
    await reader?.cancel();
  } catch { /* it is over either way */ }
}
