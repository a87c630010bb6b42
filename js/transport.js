// @ts-check
// What can end an attempt from outside, and the reading of an answer. This file is also compiled into the wasm glue as it
// stands, so it imports nothing.

/** Announced bodies up to this length are read in one go; even compressed they stay within reason. */
const SMALL = 65536;

/** A limit of time, of a caller's signal, of both, or of neither. */
export class Limit {
  /** Why it is over: 0 while it is not, 1 for the time, 2 for the signal. */
  end = 0;
  /** Of the body that is being read. @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  reader;

  /**
   * @param {number | undefined} ms
   * @param {AbortSignal | undefined} outer
   * @param {boolean} controlled whether a signal of its own follows, for a transport
   */
  constructor(ms, outer, controlled) {
    if (ms === undefined && !outer) return;
    const controller = controlled ? new AbortController() : undefined;
    this.signal = controller?.signal;
    /** @type {(why: number) => void} */
    let stop = () => {};
    /** Rejected when the limit is over. @type {Promise<never>} */
    this.over = new Promise((_, reject) => {
      stop = (why) => {
        this.end ||= why;
        reject();
        controller?.abort();
        quit(this.reader);
      };
    });
    this.over.catch(() => {});
    // Outside of the executor, where a throw would pass for the end of the limit.
    const timer = ms === undefined ? undefined : setTimeout(stop, ms, 1);
    const listener = () => stop(2);
    outer?.addEventListener('abort', listener);
    this.clear = () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', listener);
    };
    if (outer?.aborted) listener();
  }

  clear() {}

  /**
   * The response that is promised, and its body as text; null where that is longer than `most`. Rejected early when the limit is
   * over, whether the transport heeds the signal or not.
   * @param {Promise<Response>} response
   * @param {number} most
   * @returns {Promise<{ response: Pick<Response, 'status' | 'statusText' | 'headers'>, text: string | null }>}
   */
  answer(response, most) {
    return this.first(read(this, response, most));
  }

  /**
   * What a promise gives, unless the limit is over first.
   * @template T
   * @param {Promise<T>} promise
   * @returns {Promise<T>}
   */
  first(promise) {
    return this.over ? Promise.race([promise, this.over]) : promise;
  }
}

/** @param {Limit} limit @param {Promise<Response>} promise @param {number} most */
async function read(limit, promise, most) {
  const given = await promise;
  // A copy of what the core asks for, made here, where something that is no Response can throw.
  const response = { status: Number(given.status), statusText: `${given.statusText ?? ''}`, headers: given.headers };
  const announced = response.headers.get('content-length');
  if (Number(announced) > most) {
    quit(given.body);
    return { response, text: null };
  }
  const reader = announced && Number(announced) <= SMALL ? undefined : given.body?.getReader?.();
  if (!reader) {
    const text = await given.text();
    if (typeof text !== 'string') throw new TypeError('fetch gave an answer whose text() is no text');
    return { response, text: text.length > most ? null : text };
  }
  limit.reader = reader;
  const decoder = new TextDecoder();
  let [text, length] = ['', 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { response, text: text + decoder.decode() };
    if ((length += value.byteLength) > most) {
      quit(reader);
      return { response, text: null };
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** A transport that knows no signals would send on for ever. @param {{ cancel(): Promise<void> } | null | undefined} reader */
async function quit(reader) {
  try {
    await reader?.cancel();
  } catch { /* it is over either way */ }
}
