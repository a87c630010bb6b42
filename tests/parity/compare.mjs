// @ts-check
// The differences between what two clients did, each with its place.
import { complaint } from './verify.mjs';
import { SECRETS } from './play.mjs';

/** What the transport adds by itself, and the agents' names. */
const NOT_COMPARED = new Set(['accept', 'accept-encoding', 'accept-language', 'sec-fetch-mode', 'connection', 'user-agent', 'x-amz-user-agent', 'authorization', 'x-amz-date', 'host', 'keep-alive']);

/** @param {any} request @param {any} scene */
export function wire({ method, url, headers, body }, scene) {
  const region = scene.habit === 'change the region for signing' ? 'eu-central-1' : { 'fips-us-east-1': 'us-east-1' }[/** @type {string} */ (scene.options.region)] ?? scene.options.region;
  const isSigned = headers.authorization !== undefined;
  // What listeners add after signing is not signed; everything else is.
  const { 'x-late': late, ...checked } = headers;
  const date = headers['x-amz-date'];
  const skew = date && Math.abs(Date.parse(date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z')) - (Date.now() + (scene.options.systemClockOffset ?? 0)));
  return {
    method, url: url.replace(/^\/[^/]*/, ''), body: body.toString(),
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_COMPARED.has(name)).sort()),
    signature: isSigned ? complaint({ method, url, headers: checked, body }, SECRETS, region) ?? 'valid' : 'none',
    date: date === undefined ? 'none' : skew < 60_000 ? 'right' : 'wrong',
  };
}

/**
 * @param {any} a of SDK v2
 * @param {any} b ours
 * @param {string} [path]
 * @returns {{ path: string, v2: any, ours: any }[]}
 */
export function differences(a, b, path = '') {
  if (Object.is(a, b)) return [];
  const both = a && b && typeof a === 'object' && typeof b === 'object' && Array.isArray(a) === Array.isArray(b);
  if (!both) return [{ path, v2: a, ours: b }];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const order = !Array.isArray(a) && path.endsWith('.data') && Object.keys(a).join() !== Object.keys(b).join() && Object.keys(a).sort().join() === Object.keys(b).sort().join()
    ? [{ path: `${path}#order`, v2: Object.keys(a), ours: Object.keys(b) }] : [];
  return [...order, ...[...keys].flatMap((key) => differences(a[key], b[key], `${path}.${key}`))];
}
