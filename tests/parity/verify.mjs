// @ts-check
// Checks a signature as AWS does, with Node's own cryptography; shares nothing with the library or with SDK v2.
import { createHash, createHmac } from 'node:crypto';

const hash = (/** @type {string | Buffer} */ data) => createHash('sha256').update(data).digest('hex');
const mac = (/** @type {string | Buffer} */ key, /** @type {string} */ data) => createHmac('sha256', key).update(data).digest();
const escape = (/** @type {string} */ text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * What is wrong with the signature of a request, or with what else must hold for it; undefined if nothing.
 * @param {{ method: string, url: string, headers: Record<string, string>, body: Buffer }} request
 * @param {Record<string, string>} secrets by key id
 * @param {string} region
 * @param {string} [name] of the service, for signing
 * @returns {string | undefined}
 */
export function complaint({ method, url, headers, body }, secrets, region, name = 'ivs') {
  const parts = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([\da-f]{64})$/.exec(headers.authorization ?? '');
  if (!parts) return `authorization: ${headers.authorization}`;
  const [, id, day, scopeRegion, service, names, signature] = parts;
  if (scopeRegion !== region || service !== name) return `scope ${scopeRegion}/${service}`;
  if (!headers['x-amz-date']?.startsWith(day)) return `date ${headers['x-amz-date']}`;
  if (headers['x-amz-content-sha256'] !== hash(body)) return 'hash of the body';
  const missing = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-')).filter((name) => !names.split(';').includes(name));
  if (missing.length) return `unsigned: ${missing}`;
  const [path, query = ''] = url.split('?');
  const pairs = query.split('&').filter(Boolean).map((pair) => (pair.includes('=') ? pair : `${pair}=`)).sort();
  const lines = names.split(';').map((name) => `${name}:${headers[name]?.trim().replace(/ +/g, ' ')}`);
  const canonical = [method, path.split('/').map(escape).join('/'), pairs.join('&'), ...lines, '', names, headers['x-amz-content-sha256']].join('\n');
  const scope = `${day}/${region}/${name}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(canonical)].join('\n');
  const key = [name, 'aws4_request'].reduce((k, part) => mac(k, part), mac(mac(`AWS4${secrets[id]}`, day), region));
  return mac(key, toSign).toString('hex') === signature ? undefined : 'signature';
}
