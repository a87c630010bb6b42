// @ts-check
// Signature Version 4 as the verifier sees it: from the request received to the signature it should carry. Written
// from AWS's description of the algorithm; it shares nothing with the library's own signer, so that one proves the other.
import { hex, hmac, sha256 } from './crypto.js';

/**
 * @typedef {{ method: string, path: string, query: string, headers: Map<string, string>, bodyHash: string }} Received
 *   path and query as sent; header names in lower case, values of repeated headers joined by commas
 * @typedef {{ accessKeyId: string, date: string, region: string, service: string, terminator: string }} Scope
 */

/** All but the unreserved characters, byte by byte, capital hex. @param {string} text */
export const escape = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The path as sent, without dot segments and empty ones, escaped once more. @param {string} path */
export function canonicalPath(path) {
  /** @type {string[]} */
  const kept = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(escape(segment));
  }
  const end = kept.length && /\/\.{0,2}$/.test(path) ? '/' : '';
  return `/${kept.join('/')}${end}`;
}

/** Pairs sorted by name, then value, each escaped anew. @param {string} query @param {string} [without] a name left out */
export function canonicalQuery(query, without) {
  return query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return [escape(decodeURIComponent(name)), escape(decodeURIComponent(value))];
    })
    .filter(([name]) => name !== without)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** @param {Received} request @param {string[]} signedHeaders @param {string} [withoutQuery] */
export function canonicalRequest(request, signedHeaders, withoutQuery) {
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query, withoutQuery),
    ...signedHeaders.map((name) => `${name}:${(request.headers.get(name) ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    request.bodyHash,
  ].join('\n');
}

/** @param {Scope} scope */
export const scopeText = (scope) => [scope.date, scope.region, scope.service, scope.terminator].join('/');

/** @param {string} time @param {Scope} scope @param {string} canonical */
export async function stringToSign(time, scope, canonical) {
  return ['AWS4-HMAC-SHA256', time, scopeText(scope), hex(await sha256(canonical))].join('\n');
}

/** @param {string} secret @param {Scope} scope @param {string} text */
export async function signature(secret, scope, text) {
  let key = await hmac(`AWS4${secret}`, scope.date);
  for (const part of [scope.region, scope.service, scope.terminator]) key = await hmac(key, part);
  return hex(await hmac(key, text));
}
