// @ts-check
// Short names between the wasm and its glue. wasm-bindgen names what crosses by paths and hashes, which nothing compresses;
// they stand in the wasm and, as keys that no minifier may touch, in the glue.
import { leb, reader, withSections } from './leb.mjs';

/**
 * Imports get their number for a name, exports get letters.
 * @param {Uint8Array} wasm
 * @param {string} glue
 * @param {string[]} imports in the order of the glue's array
 * @returns {{ wasm: Buffer, glue: string }}
 */
export function shorten(wasm, glue, imports) {
  const short = counter();
  const exports = new Map();
  const bytes = rewrite(wasm, {
    import: (name) => String(imports.indexOf(name)),
    export: (name) => shortened(exports, name, short),
  });
  let named = glue;
  for (const [long, name] of exports) named = named.replaceAll(new RegExp(`\\bwasm\\.${long}\\b`, 'g'), `wasm.${name}`);
  return { wasm: bytes, glue: named };
}

/** Takes exports out, so that wasm-opt drops what only they use. @param {Uint8Array} wasm @param {(name: string) => boolean} wanted */
export const keepExports = (wasm, wanted) => rewrite(wasm, { import: (name) => name, export: (name) => (wanted(name) ? name : undefined) });

/** @param {Map<string, string>} known @param {string} name @param {() => string} short */
function shortened(known, name, short) {
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
 * @param {Uint8Array} wasm
 * @param {{ import: (name: string) => string, export: (name: string) => string | undefined }} by
 */
function rewrite(wasm, by) {
  return withSections(wasm, (id, body) => (id === IMPORT ? importSection(reader(body), by.import) : id === EXPORT ? exportSection(reader(body), by.export) : body));
}

/** @param {ReturnType<typeof reader>} read @param {(name: string) => string} by */
function importSection(read, by) {
  const items = Array.from({ length: read.number() }, () => {
    const module = read.text();
    const long = read.text();
    if (read.byte() !== 0) throw new Error(`import ${long} is no function`);
    return [...text(module), ...text(by(long)), 0, ...leb(read.number())];
  });
  return Buffer.from([...leb(items.length), ...items.flat()]);
}

/** @param {ReturnType<typeof reader>} read @param {(name: string) => string | undefined} by */
function exportSection(read, by) {
  const items = Array.from({ length: read.number() }, () => {
    const given = by(read.text());
    const what = [read.byte(), ...leb(read.number())];
    return given === undefined ? [] : [[...text(given), ...what]];
  }).flat();
  return Buffer.from([...leb(items.length), ...items.flat()]);
}

/** @param {string} value */
const text = (value) => [...leb(Buffer.byteLength(value)), ...Buffer.from(value)];
