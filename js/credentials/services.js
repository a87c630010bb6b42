// @ts-check
// The calls of STS and Cognito that give credentials.
import { IVSError } from '../errors.js';
import { hostname, isRegion } from '../v2/endpoint.js';
import { post } from './call.js';
import { readXml } from './read.js';

/**
 * region: of the service; endpoint: a URL in place of AWS's; keys: what to sign with.
 * @typedef {{ region?: string, endpoint?: string, keys?: import('./call.js').Keys, fetch?: Function, timeout?: number, maxRetries?: number,
 *   systemClockOffset?: number, retryDelayOptions?: any }} Options
 */

/** @param {string} prefix @param {string} region */
function url(prefix, region) {
  if (!isRegion(region)) throw new IVSError('Invalid region in config', { code: 'ConfigError' });
  return `https://${hostname({ region }, prefix)}/`;
}

/** An endpoint that was given, as a URL. @param {string | undefined} endpoint */
function whole(endpoint) {
  if (!endpoint) return undefined;
  try {
    const { href, protocol, hostname } = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`);
    if (/^https?:$/.test(protocol) && hostname) return href;
  } catch { /* told below */ }
  throw new IVSError('Invalid endpoint in config: it must be a hostname, or a URL of http or https', { code: 'ConfigError' });
}

/**
 * Calls STS. Without a region the global endpoint is asked, which lives in us-east-1.
 * @param {string} action
 * @param {Record<string, any>} params as the API names them
 * @param {Options} options
 * @returns {Promise<any>} the result, its dates as Date
 */
export async function sts(action, params, { region, endpoint, ...rest }) {
  const body = new URLSearchParams({ Action: action, Version: '2011-06-15' });
  flatten(body, '', params);
  const answer = await post({
    endpoint: whole(endpoint) ?? (region ? url('sts', region) : 'https://sts.amazonaws.com/'),
    service: 'sts', region: region ?? 'us-east-1',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: form(body), ...rest,
  });
  const { [`${action}Result`]: result, ResponseMetadata } = readXml(answer)[`${action}Response`] || {};
  if (!result?.Credentials?.AccessKeyId) throw refused(`STS gave no credentials for ${action}`);
  result.Credentials.Expiration = new Date(result.Credentials.Expiration);
  if (result.PackedPolicySize) result.PackedPolicySize = Number(result.PackedPolicySize);
  return { ResponseMetadata, ...result };
}

/** What JSON says; nothing where it is none: a proxy on the way may say anything. @param {any} text */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {string} message */
export const refused = (message) => new IVSError(message, { code: 'CredentialsError' });

/** As AWS escapes: blanks and what browsers leave alone, too. @param {URLSearchParams} body */
function form(body) {
  body.sort();
  return body.toString().replace(/\+/g, '%20').replace(/\*/g, '%2A').replace(/%7E/g, '~');
}

/** Lists and structures in the form of the query protocol. @param {URLSearchParams} body @param {string} prefix @param {Record<string, any>} params */
function flatten(body, prefix, params) {
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    const name = prefix + key;
    if (Array.isArray(value)) flatten(body, `${name}.member.`, Object.fromEntries(value.map((one, i) => [i + 1, one])));
    else if (typeof value === 'object') flatten(body, `${name}.`, value);
    else body.append(name, String(value));
  }
}

/**
 * Calls Cognito Identity, unsigned.
 * @param {string} action
 * @param {Record<string, any>} params
 * @param {Options} options
 * @returns {Promise<any>}
 */
export async function cognito(action, params, { region, endpoint, ...rest }) {
  if (!region && !endpoint) throw new IVSError('Missing region in config', { code: 'ConfigError' });
  const answer = await post({
    endpoint: whole(endpoint) ?? url('cognito-identity', /** @type {string} */ (region)),
    service: 'cognito-identity', region: region ?? '',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSCognitoIdentityService.${action}` },
    body: JSON.stringify(params), ...rest, keys: undefined,
  });
  const result = parsed(answer) ?? {};
  if (action === 'GetCredentialsForIdentity') {
    const { Credentials } = result;
    if (!Credentials?.AccessKeyId) throw refused('Cognito gave no credentials');
    const { Expiration } = Credentials;
    // Seconds, as all dates of this protocol; other services write texts.
    Credentials.Expiration = new Date(Number.isFinite(Number(Expiration)) ? Number(Expiration) * 1000 : Expiration);
  } else if (!result.IdentityId) {
    throw refused('Cognito gave no identity');
  }
  return result;
}

/** Credentials as the client takes them. @param {any} found as STS or Cognito name them */
export const session = ({ AccessKeyId, SecretAccessKey, SecretKey, SessionToken, Expiration }) => ({
  accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey ?? SecretKey, sessionToken: SessionToken, expiration: Expiration,
});
