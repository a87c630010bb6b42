// @ts-check
// ivs-wasm/mock: Amazon IVS in memory. All operations of the API with their state, errors, limits, paging, CORS rules
// and signature checks; no network, no dependencies, any runtime with fetch's classes.
//
//   const ivs = createIvs({ seed: 1 });
//   const client = new IVS({ region: 'us-west-2', credentials: ivs.credentials, fetch: ivs.fetch });
//   const { channel } = await client.createChannel({ name: 'first' });
//   ivs.control.goLive(channel.arn);
import { EXAMPLE_CREDENTIAL, makeEndpoint } from './endpoint.js';
import { makeFetch } from './fetch.js';

/** @param {import('./endpoint.js').Options} [options] */
export function createIvs(options = {}) {
  const { control, handle } = makeEndpoint(options);
  const { accessKeyId, secretAccessKey, sessionToken } = /** @type {import('./verify.js').Credential} */ (options.accounts?.[0] ?? EXAMPLE_CREDENTIAL);
  return {
    /** Use it where a fetch function is wanted. */
    fetch: makeFetch(handle),
    /** What no API call can do: going live, faults, time. */
    control,
    /** The credentials of the first account, for a client under test. */
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
    /** For transports: one request in, one answer out. */
    handle,
  };
}

export { EXAMPLE_CREDENTIAL };
