// @ts-check
// Short names between the wasm and its glue. wasm-bindgen names what crosses by paths and hashes, which nothing compresses;
// they stand in the wasm and, as keys that no minifier may touch, in the glue.

/**
 * Imports and operations get their number for a name, the other exports get letters.
 * @param {Uint8Array} wasm
 * @param {string} glue
 * @param {{ imports: string[], operations: string[] }} lists in the order of the glue's array and of the core's table
 * @returns {{ wasm: Buffer, glue: string }}
 */
export function shorten(wasm, glue, { imports, operations }) {
  const short = counter();
  const exports = new Map(operations.map((name, index) => [`ivs_${name}`, String(index)]));
  const bytes = rewrite(Buffer.from(wasm), {
    import: (name) => String(imports.indexOf(name)),
    export: (name) => named(exports, name, short),
  });
  let text = glue;
  for (const [long, name] of exports) text = text.replaceAll(new RegExp(`\\bwasm\\.${long}\\b`, 'g'), `wasm.${name}`);
  return { wasm: bytes, glue: text };
}

/** Takes exports out, so that wasm-opt drops what only they use. @param {Uint8Array} wasm @param {(name: string) => boolean} wanted */
export const keepExports = (wasm, wanted) => rewrite(Buffer.from(wasm), { import: (name) => name, export: (name) => (wanted(name) ? name : undefined) });

/** @param {Map<string, string>} known @param {string} name @param {() => string} short */
function named(known, name, short) {
  const given = known.get(name) ?? short();
  known.set(name, given);
  return given;
}

/** a, b, …, aa, ab, … */
function counter() {
  let n = 0;
  return () => {
    let name = '';
    for (let left = n++; ; left = Math.floor(left / 26) - 1) {
      name = String.fromCharCode(97 + (left % 26)) + name;
      if (left < 26) return name;
    }
  };
}

const [IMPORT, EXPORT] = [2, 7];

/**
 * Writes the sections of imports and exports anew.
 * @param {Buffer} wasm
 * @param {{ import: (name: string) => string, export: (name: string) => string | undefined }} by
 */
function rewrite(wasm, by) {
  const out = [wasm.subarray(0, 8)];
  const at = { place: 8 };
  while (at.place < wasm.length) {
    const id = wasm[at.place++];
    const size = number(wasm, at);
    const section = wasm.subarray(at.place, at.place + size);
    at.place += size;
    const body = id === IMPORT ? importSection(section, by.import) : id === EXPORT ? exportSection(section, by.export) : section;
    out.push(Buffer.from([id]), leb(body.length), body);
  }
  return Buffer.concat(out);
}

/** @param {Buffer} section @param {(name: string) => string} by */
function importSection(section, by) {
  const at = { place: 0 };
  const count = number(section, at);
  const out = [leb(count)];
  for (let i = 0; i < count; i++) {
    out.push(name(string(section, at)));
    const long = string(section, at);
    const start = at.place;
    const kind = section[at.place++];
    if (kind !== 0) throw new Error(`import ${long} is no function`);
    number(section, at);
    out.push(name(by(long)), section.subarray(start, at.place));
  }
  return Buffer.concat(out);
}

/** @param {Buffer} section @param {(name: string) => string | undefined} by */
function exportSection(section, by) {
  const at = { place: 0 };
  const out = [];
  for (let left = number(section, at); left > 0; left--) {
    const given = by(string(section, at));
    const start = at.place++;
    number(section, at);
    if (given !== undefined) out.push(Buffer.concat([name(given), section.subarray(start, at.place)]));
  }
  return Buffer.concat([leb(out.length), ...out]);
}

/** @param {Buffer} bytes @param {{ place: number }} at */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at.place++];
    value |= (byte & 127) << shift;
    if (byte < 128) return value >>> 0;
  }
}

/** @param {Buffer} bytes @param {{ place: number }} at */
function string(bytes, at) {
  const length = number(bytes, at);
  at.place += length;
  return bytes.toString('utf8', at.place - length, at.place);
}

/** @param {string} text */
const name = (text) => Buffer.concat([leb(Buffer.byteLength(text)), Buffer.from(text)]);

/** @param {number} n */
function leb(n) {
  const bytes = [];
  do {
    bytes.push((n & 127) | (n > 127 ? 128 : 0));
    n >>>= 7;
  } while (n);
  return Buffer.from(bytes);
}
