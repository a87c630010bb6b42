// @ts-check
// How credentials are asked for. This file is also compiled into the wasm glue as it stands, so it imports nothing.

/**
 * Asks a function for credentials, or an object of SDK v2, which refreshes itself in `get`. The callback may come at once or later.
 * @param {any} source
 */
export async function ask(source) {
  if (typeof source === 'function') {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = (await source()) ?? {};
    return { accessKeyId, secretAccessKey, sessionToken, expires: expiration == null ? undefined : new Date(expiration).getTime() };
  }
  await new Promise((resolve, reject) => source.get((/** @type {unknown} */ error) => (error ? reject(error) : resolve(0))));
  return source;
}
