// @ts-check
// Calls the endpoint in-process. Signed by aws4fetch, which neither the endpoint nor the library has a part in.
import { tool } from '../harness/project.mjs';
import { createIvs } from '../../js/mock/index.js';
import { operations, shapes } from '../../js/mock/facts.js';

const { AwsClient } = await tool('aws4fetch');

export const START = Date.parse('2024-01-02T03:04:05Z');
export const REGION = 'us-west-2';

/** @param {number} ms */
export const stamp = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');

/**
 * An endpoint at a standing clock, and a function per operation that gives status, headers and body.
 * @param {import('../../js/mock/endpoint.js').Options} [options]
 */
export function makeCaller(options = {}) {
  const time = { now: START };
  const ivs = createIvs({ seed: 1, now: () => time.now, ...options });
  const signed = (/** @type {string} */ name, /** @type {any} */ input, /** @type {any} */ how = {}) => signedRequest(name, input, { ...ivs.credentials, now: time.now, ...how });
  const call = async (/** @type {string} */ name, /** @type {any} */ input = {}, /** @type {any} */ how = {}) => {
    const response = await ivs.fetch(await signed(name, input, how), how.init);
    const text = await response.text();
    return {
      status: response.status,
      code: response.headers.get('x-amzn-errortype'),
      headers: response.headers,
      body: text && response.headers.get('content-type') === 'application/json' ? JSON.parse(text) : text,
    };
  };
  /** The same, but an error is a failure of the test. */
  const must = async (/** @type {string} */ name, /** @type {any} */ input = {}, /** @type {any} */ how = {}) => {
    const answer = await call(name, input, how);
    if (answer.code) throw new Error(`${name}: ${answer.status} ${answer.code} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return { ivs, time, call, must, signed };
}

/**
 * @param {string} name
 * @param {any} input
 * @param {{ now: number, accessKeyId: string, secretAccessKey: string, sessionToken?: string, region?: string,
 *   service?: string, headers?: Record<string, string>, origin?: string }} how
 * @returns {Promise<Request>}
 */
export function signedRequest(name, input, { now, region = REGION, service = 'ivs', headers = {}, origin = `https://ivs.${region}.amazonaws.com`, ...credentials }) {
  const { method, uri, input: shapeName } = operations[name];
  const members = Object.entries(shapes[/** @type {string} */ (shapeName)].members ?? {});
  const body = { ...input };
  let path = uri;
  const query = [];
  for (const [member, { location, locationName }] of members) {
    if (!location) continue;
    if (location === 'uri') path = path.replace(`{${locationName}}`, encodeURIComponent(input[member]));
    if (location === 'querystring') for (const value of input[member] ?? []) query.push(`${locationName}=${encodeURIComponent(value)}`);
    delete body[member];
  }
  const url = `${origin}${path}${query.length ? `?${query.join('&')}` : ''}`;
  return new AwsClient({ ...credentials, region, service, retries: 0 }).sign(url, {
    method,
    headers: method === 'POST' ? { 'content-type': 'application/json', ...headers } : headers,
    ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    aws: { datetime: stamp(now) },
  });
}
