// @ts-check
// Expectations without Node's assert, so that they work in a page too.

/** Members in one order, dates as text. @param {any} value @returns {string} */
const canonical = (value) => JSON.stringify(value, (_, inner) =>
  inner && typeof inner === 'object' && !Array.isArray(inner)
    ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
    : inner);

/** @param {any} actual @param {any} expected @param {string} what */
export function equal(actual, expected, what) {
  const [a, b] = [canonical(actual), canonical(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

/** @param {any} value @param {string} what */
export function ok(value, what) {
  if (!value) throw new Error(what);
}

/**
 * The call must fail. Gives what every client tells of an error, wherever it tells it.
 * @param {Promise<any>} promise
 */
export async function failure(promise) {
  let value;
  try {
    value = await promise;
  } catch (caught) {
    const error = /** @type {any} */ (caught);
    ok(error instanceof Error, `an error must be an Error, got ${String(error)}`);
    return {
      code: error.code ?? error.name,
      status: error.statusCode ?? error.$metadata?.httpStatusCode,
      requestId: error.requestId ?? error.$metadata?.requestId,
      text: error.message,
      error,
    };
  }
  throw new Error(`expected an error, got ${JSON.stringify(value)}`);
}

/** @param {Promise<any>} promise @param {string} code @param {number} status @param {string} [what] */
export async function refused(promise, code, status, what = code) {
  const found = await failure(promise);
  equal([found.code, found.status], [code, status], `${what} (${found.text})`);
  return found;
}
