// @ts-check
// Reads who signed and what: from the Authorization header, or from the query of a presigned URL.
import { ServiceError } from './errors.js';
import { queryPairs } from './route.js';

/**
 * @typedef {{ scope: import('./sigv4.js').Scope, signedHeaders: string[], signature: string, time: string,
 *   token?: string, expires?: number, presigned: boolean }} Authorization
 */

/** @param {string} message */
const incomplete = (message) => new ServiceError('IncompleteSignatureException', message, 403);

/** @param {import('./sigv4.js').Received} request @returns {Authorization} */
export function readAuthorization(request) {
  const header = request.headers.get('authorization');
  if (header !== undefined) return fromHeader(header, request);
  const query = new Map(queryPairs(request.query));
  if (query.has('X-Amz-Signature')) return fromQuery(query);
  throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
}

/** @param {string} header @param {import('./sigv4.js').Received} request @returns {Authorization} */
function fromHeader(header, request) {
  const [algorithm, ...rest] = header.split(' ');
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`);
  }
  const part = new Map(rest.join(' ').split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  }));
  const lacking = ['Credential', 'SignedHeaders', 'Signature']
    .filter((name) => !part.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  const time = request.headers.get('x-amz-date');
  if (!time) lacking.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  if (lacking.length) throw incomplete(lacking.join(' '));
  return {
    scope: readScope(String(part.get('Credential'))),
    signedHeaders: String(part.get('SignedHeaders')).split(';'),
    signature: String(part.get('Signature')),
    time: String(time),
    token: request.headers.get('x-amz-security-token'),
    presigned: false,
  };
}

/** @param {Map<string, string>} query @returns {Authorization} */
function fromQuery(query) {
  const lacking = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-SignedHeaders']
    .filter((name) => !query.get(name))
    .map((name) => `AWS query-string parameters must include '${name}'.`);
  if (lacking.length) throw incomplete(lacking.join(' '));
  return {
    scope: readScope(String(query.get('X-Amz-Credential'))),
    signedHeaders: String(query.get('X-Amz-SignedHeaders')).split(';'),
    signature: String(query.get('X-Amz-Signature')),
    time: String(query.get('X-Amz-Date')),
    token: query.get('X-Amz-Security-Token'),
    expires: Number(query.get('X-Amz-Expires') ?? 300),
    presigned: true,
  };
}

/** @param {string} credential @returns {import('./sigv4.js').Scope} */
function readScope(credential) {
  const parts = credential.split('/');
  if (parts.length !== 5) {
    throw incomplete(`Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`);
  }
  const [accessKeyId, date, region, service, terminator] = parts;
  return { accessKeyId, date, region, service, terminator };
}
