// @ts-check
// A request as a URL that holds its signature; this file comes with the first one.
import { AWS } from './core.js';
import { error } from './error.js';

/** By this header, which is not signed, SDK v2 and the core know that the signature belongs into the URL. */
const EXPIRES = 'presigned-expires';

/** Headers whose values v2 writes into the URL, too, for whoever is to send them. */
const SHOWN = /^(content-type|content-md5|cache-control|x-amz-.*)$/i;

/** @param {string} text */
const escape = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** @param {any} expires */
function check(expires) {
  if (expires > 604_800) return 'Presigning does not support expiry time greater than a week with SigV4 signing.';
  return expires >= 1 && Number.isInteger(expires) ? undefined : 'Presigning takes an expiry time in whole seconds, from 1 to 604800.';
}

/**
 * @param {any} request
 * @param {any} [expires] seconds; an hour if not given
 * @returns {Promise<string>}
 */
export function presign(request, expires) {
  const { httpRequest } = request;
  const again = request.isPresigned();
  httpRequest.headers[EXPIRES] = Number(expires || 3600);
  if (!again) prepare(request);
  request.emit('beforePresign', [request]);
  return new Promise((resolve, reject) => {
    request.build((/** @type {any} */ problem) => {
      const { endpoint, path } = httpRequest;
      if (problem) reject(problem);
      // Without a listener that signs there is no signature.
      else if (!path.includes('X-Amz-Signature=')) reject(unsupported());
      else resolve(`${endpoint.protocol}//${endpoint.host}${path}`);
    });
  });
}

const unsupported = () => error(new Error(), { code: 'UnsupportedSigner', message: 'Presigning only supports S3 or SigV4 signing.', retryable: false });

/** @param {any} request */
function prepare(request) {
  const { httpRequest, service } = request;
  const { headers } = httpRequest;
  const { SET_CONTENT_LENGTH, COMPUTE_SHA256 } = AWS.EventListeners.Core;
  let unsigned = '';
  request.on('build', () => {
    unsigned = httpRequest.path;
    // Whoever uses the URL has an agent of its own.
    delete headers['X-Amz-User-Agent'];
    const message = check(headers[EXPIRES]);
    if (message) throw error(new Error(), { code: 'InvalidExpiryTime', message, retryable: false });
    if ((service.config.signatureVersion ?? 'v4') !== 'v4') throw unsupported();
  });
  // Every attempt signs anew, from the path as it was built.
  request.on('sign', () => {
    const shown = Object.entries(headers).filter(([name, value]) => SHOWN.test(name) && value != null).map(([name, value]) => `&${name}=${escape(value)}`);
    httpRequest.path = (unsigned.includes('?') ? unsigned : `${unsigned}?`) + shown.join('');
  }, true);
  request.removeListener('afterBuild', SET_CONTENT_LENGTH).removeListener('afterBuild', COMPUTE_SHA256);
}
