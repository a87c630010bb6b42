// @ts-check
// The result of a call as JavaScript wants it. This file is also compiled into the wasm glue as it stands.

/**
 * @param {string} json the result; timestamps in it are what the Date constructor takes
 * @param {string} dates where they are: `streams.*.startTime`, separated by spaces
 * @param {number} httpStatusCode
 * @param {string | undefined} requestId
 * @param {number} attempts
 * @param {number} totalRetryDelay milliseconds
 */
export function finish(json, dates, httpStatusCode, requestId, attempts, totalRetryDelay) {
  const parsed = JSON.parse(json);
  // Without conversion the answer may be any JSON; a result is always an object.
  const data = Object(parsed) === parsed ? parsed : {};
  if (dates) for (const path of dates.split(' ')) revive(data, path.split('.'), 0);
  Object.defineProperty(data, '$metadata', { value: { httpStatusCode, requestId, attempts, totalRetryDelay }, configurable: true });
  return data;
}

/**
 * @param {any} value
 * @param {string[]} path
 * @param {number} at
 */
function revive(value, path, at) {
  if (value === null || typeof value !== 'object') return;
  const key = path[at];
  if (key === '*') {
    if (Array.isArray(value)) for (const item of value) revive(item, path, at + 1);
  } else if (at < path.length - 1) {
    revive(value[key], path, at + 1);
  } else if (value[key] !== undefined && value[key] !== null) {
    value[key] = new Date(value[key]);
  }
}
