// @ts-check
// The texts among the data stay texts: what a server compresses with the JavaScript around them is smaller than what is deflated and then in
// base64, and words that both have are there once.

/** A text shorter than this is left among the other bytes. */
const LEAST = 16;
/** In place of what is no text; its length and its bytes are apart. */
const MARK = 9;

/**
 * @param {Uint8Array} bytes
 * @returns {{ texts: number[], others: number[] }} characters of ASCII, and what belongs at each mark in them: how many bytes, and the bytes
 */
export function apart(bytes) {
  /** @type {number[]} */
  const texts = [];
  /** @type {number[]} */
  const others = [];
  const end = (/** @type {number} */ from) => {
    while (from < bytes.length && (bytes[from] === 10 || (bytes[from] > 31 && bytes[from] < 127))) from++;
    return from;
  };
  for (let at = 0; at < bytes.length;) {
    const from = at;
    while (at < bytes.length && at - from < 255 && end(at) - at < LEAST) at++;
    if (at > from) {
      texts.push(MARK);
      others.push(at - from, ...bytes.subarray(from, at));
    }
    const to = end(at);
    if (to - at >= LEAST) texts.push(...bytes.subarray(at, at = to));
  }
  return { texts, others };
}
