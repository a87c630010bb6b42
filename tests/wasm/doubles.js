// @ts-check
// Functions in place of fetch, as an application might give them. Each keeps what it was asked for in `calls`.

/** The value of an expression, in the global scope. @param {string} expression */
export const evaluate = (expression) => new Function(`return (${expression}\n);`)();

/**
 * @param {(url: string, init: any, made: number) => unknown} answer
 */
function recorded(answer) {
  /** @type {{ url: string, method: string, headers: Record<string, string>, body?: string, signal?: AbortSignal, redirect?: string }[]} */
  const calls = [];
  return Object.assign((/** @type {string} */ url, /** @type {any} */ init) => {
    calls.push({ url, ...init });
    return answer(url, init, calls.length);
  }, { calls });
}

/**
 * Answers one call after another, the last answer for good.
 * @param {{ status?: number, body?: string | null, headers?: Record<string, string> }[]} answers
 */
export function answering(answers) {
  return recorded((url, init, made) => {
    const { status = 200, body = '{}', headers = {} } = answers[Math.min(made, answers.length) - 1];
    return Promise.resolve(new Response(status === 204 ? null : body, { status, headers }));
  });
}

/** Never answers, and ends as fetch does when its signal says so. */
export function hanging() {
  return recorded((url, { signal }) => new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  }));
}

/** Never answers, and knows no signals. */
export const deaf = () => recorded(() => new Promise(() => {}));

/**
 * Sends the headers at once, then a byte of the body every so many milliseconds, without end. `cancelled` tells whether the
 * reader has given up.
 * @param {number} ms
 */
export function dripping(ms) {
  const fetch = Object.assign(recorded(() => {
    /** @type {any} */
    let timer;
    const body = new ReadableStream({
      start(controller) {
        timer = setInterval(() => controller.enqueue(new Uint8Array([32])), ms);
      },
      cancel() {
        fetch.cancelled = true;
        clearInterval(timer);
      },
    });
    return Promise.resolve(new Response(body));
  }), { cancelled: false });
  return fetch;
}

/**
 * Sends a body in chunks, as a network does.
 * @param {Uint8Array[]} chunks
 */
export function streaming(chunks) {
  return recorded(() => Promise.resolve(new Response(new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  }))));
}

/**
 * Does what it is told.
 * @param {(url: string, init: any, made: number) => unknown} answer
 */
export const doing = (answer) => recorded(answer);
