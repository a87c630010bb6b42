// @ts-check
// Bodies as bytes.

/** Bytes that read as text, as a Buffer does. */
class Bytes extends Uint8Array {
  toString() {
    return new TextDecoder().decode(this);
  }
}

/** @param {string} text @returns {Uint8Array} a Buffer where there is one */
export function bytes(text) {
  const encoded = new TextEncoder().encode(text);
  const { Buffer } = /** @type {any} */ (globalThis);
  return Buffer?.from ? Buffer.from(encoded.buffer) : new Bytes(encoded.buffer);
}
