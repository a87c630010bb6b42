// @ts-check
// SHA-256 and HMAC from the platform: node:crypto where there is one (synchronous inside, fast), WebCrypto elsewhere.
// Found at run time and without an import, so that this module loads in a browser unbundled.

/** @typedef {Uint8Array | string} Bytes */

const node = /** @type {any} */ (globalThis).process?.getBuiltinModule?.('node:crypto');
const encoder = new TextEncoder();
/** @param {Bytes} data */
const bytes = (data) => (typeof data === 'string' ? encoder.encode(data) : data);

/** @param {Bytes} data @returns {Promise<Uint8Array>} */
export async function sha256(data) {
  if (node) return new Uint8Array(node.createHash('sha256').update(bytes(data)).digest());
  return new Uint8Array(await crypto.subtle.digest('SHA-256', /** @type {any} */ (bytes(data))));
}

/** @param {Bytes} key @param {Bytes} data @returns {Promise<Uint8Array>} */
export async function hmac(key, data) {
  if (node) return new Uint8Array(node.createHmac('sha256', bytes(key)).update(bytes(data)).digest());
  const imported = await crypto.subtle.importKey('raw', /** @type {any} */ (bytes(key)), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, /** @type {any} */ (bytes(data))));
}

/** @param {Uint8Array} data */
export const hex = (data) => Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
