// @ts-check
// What IVS allows a page to send: these headers and no others. A page that asks for more fails in the preflight, and
// a request that carries more fails even where a tool has skipped the preflight.
import { ServiceError } from './errors.js';

export const ALLOWED_HEADERS = [
  'Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token', 'X-Amz-Content-Sha256',
  'X-Amz-User-Agent', 'amz-sdk-invocation-id', 'amz-sdk-request',
];
const ALLOWED_METHODS = ['GET', 'POST', 'DELETE'];
const allowed = new Set(ALLOWED_HEADERS.map((name) => name.toLowerCase()));

/** Headers that replies let a page read, unless the endpoint is told otherwise. */
export const DEFAULT_EXPOSED = ['x-amzn-errortype', 'x-amzn-requestid', 'date'];

/** Answers an OPTIONS request. @param {Map<string, string>} headers @returns {import('./endpoint.js').Answer} */
export function preflight(headers) {
  const method = headers.get('access-control-request-method') ?? '';
  const asked = (headers.get('access-control-request-headers') ?? '').split(',').map((name) => name.trim().toLowerCase()).filter(Boolean);
  const refused = asked.filter((name) => !allowed.has(name));
  // A refusal says nothing of CORS at all: that is what makes the browser stop.
  if (refused.length || !ALLOWED_METHODS.includes(method)) return { status: 403, headers: {}, body: '' };
  return {
    status: 200,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': ALLOWED_METHODS.join(','),
      'access-control-allow-headers': ALLOWED_HEADERS.join(','),
      'access-control-max-age': '172800',
    },
    body: '',
  };
}

/** Refuses a page's request with a header that its preflight would not have been granted. @param {Map<string, string>} headers */
export function checkPageHeaders(headers) {
  const signed = /SignedHeaders=([^,\s]*)/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  const named = [...headers.keys()].filter((name) => /^(x-|amz-)/.test(name));
  for (const name of [...named, ...signed.split(';')]) {
    // The browser itself writes these three; a page can sign them and does not need leave to send them.
    if (name && !allowed.has(name) && !['host', 'content-length', 'origin'].includes(name)) {
      throw new ServiceError('AccessDeniedException', `Request header field ${name} is not allowed by Access-Control-Allow-Headers`);
    }
  }
}

/** @param {string[]} exposed @returns {Record<string, string>} */
export const pageHeaders = (exposed) => ({
  'access-control-allow-origin': '*',
  ...(exposed.length ? { 'access-control-expose-headers': exposed.join(',') } : {}),
});
