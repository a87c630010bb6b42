// @ts-check
// Numbers of WebAssembly (LEB128: seven bits a byte, least significant first), and a reader of what has them.

/** @param {Uint8Array} from */
export function reader(from) {
  let place = 0;
  const byte = () => {
    if (place >= from.length) throw new Error('the wasm ends too early');
    return from[place++];
  };
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const next = byte();
      value += (next & 127) * 2 ** shift;
      if (next < 128) return value;
    }
  };
  return {
    at: () => place,
    over: () => place === from.length,
    left: () => from.length - place,
    byte,
    number,
    /** So many bytes, as a view. */
    bytes: (/** @type {number} */ many) => from.subarray((place += many) - many, place),
    /** A text behind its length. */
    text() {
      const many = number();
      return new TextDecoder().decode(this.bytes(many));
    },
    back: (/** @type {number} */ many) => void (place -= many),
    copy: (/** @type {number[]} */ to, /** @type {number} */ many) => { for (; many > 0; many--) to.push(byte()); },
    /** The length of the number that comes next. */
    leb: () => {
      const start = place;
      number();
      const length = place - start;
      place = start;
      return length;
    },
  };
}

/** @param {number} n */
export function leb(n) {
  const bytes = [];
  for (; n > 127; n >>>= 7) bytes.push((n & 127) | 128);
  return [...bytes, n];
}

/**
 * The module with the bodies of its sections as `by` gives them.
 * @param {Uint8Array} wasm
 * @param {(id: number, body: Uint8Array) => Uint8Array} by
 */
export function withSections(wasm, by) {
  const read = reader(wasm);
  const out = [read.bytes(8)];
  while (!read.over()) {
    const id = read.byte();
    const body = by(id, read.bytes(read.number()));
    out.push(Buffer.from([id, ...leb(body.length)]), body);
  }
  return Buffer.concat(out);
}
