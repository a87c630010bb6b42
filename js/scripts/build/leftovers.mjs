// @ts-check
// Texts of functions that are gone. wasm-opt takes out code that nothing calls, but never data: what wasm-bindgen's functions
// would have thrown stays behind, and is downloaded.
import { instructions } from './instructions.mjs';
import { leb, reader, withSections } from './leb.mjs';

/** What wasm-bindgen throws where a closure, or a value that Rust lent, is used out of its time; nothing of either is left here. */
const TEXTS = [
  'attempted to take ownership of Rust value while it was borrowed',
  'closure invoked recursively or after being dropped',
  'null pointer passed to rust',
];
const [CODE, DATA] = [10, 11];
const [CONST, VECTOR] = [0x41, 0xfd];

/** The module with zeros in place of each of these texts that it has, but nothing of it points to. @param {Uint8Array} wasm */
export function withoutLeftovers(wasm) {
  /** Every number by which code could reach data. @type {Set<number>} */
  const reached = new Set();
  withSections(wasm, (id, body) => {
    if (id === CODE) for (const number of numbers(reader(body))) reached.add(number);
    return body;
  });
  return withSections(wasm, (id, body) => (id === DATA ? data(reader(body), reached) : body));
}

/** Constants, and the offsets of loads and stores. @param {ReturnType<typeof reader>} read */
function* numbers(read) {
  for (let left = read.number(); left > 0; left--) {
    const code = reader(read.bytes(read.number()));
    for (let groups = code.number(); groups > 0; groups--) { code.number(); code.byte(); }
    for (const { op, value, bytes } of instructions(code.bytes(code.left()))) {
      // What else stands behind these opcodes, an alignment or a lane, is far below any address.
      if (op === CONST || accesses(op, value)) for (const rest = reader(bytes.subarray(1)); !rest.over();) yield rest.number();
    }
  }
}

/** Loads and stores, those of vectors, too. @param {number} op @param {number} more */
const accesses = (op, more) => (op >= 0x28 && op <= 0x3e) || (op === VECTOR && (more < 12 || (more >= 0x54 && more <= 0x5d)));

/** @param {ReturnType<typeof reader>} read @param {Set<number>} reached */
function data(read, reached) {
  const segments = Array.from({ length: read.number() }, () => {
    // A plain segment at a constant address.
    const start = [read.number(), read.byte(), read.number(), read.byte()];
    if (start[0] !== 0 || start[1] !== CONST || start[3] !== 0x0b) throw new Error('the data have another form than build/leftovers.mjs knows');
    return { at: start[2], bytes: Buffer.from(read.bytes(read.number())) };
  });
  // Data point to data, too: lists of texts.
  for (const { bytes } of segments) for (let at = 0; at + 4 <= bytes.length; at++) reached.add(bytes.readUInt32LE(at));
  for (const { at, bytes } of segments) {
    for (const text of TEXTS) {
      const found = bytes.indexOf(text);
      const within = Array.from(text, (_, i) => at + found + i);
      if (found >= 0 && !within.some((address) => reached.has(address))) bytes.fill(0, found, found + text.length);
    }
  }
  return Buffer.concat([Buffer.from(leb(segments.length)), ...segments.flatMap(({ at, bytes }) => [Buffer.from([0, CONST, ...signed(at), 0x0b, ...leb(bytes.length)]), bytes])]);
}

/** A number that is not negative, written as one that could be. @param {number} n */
function signed(n) {
  const bytes = leb(n);
  return bytes[bytes.length - 1] & 64 ? [...bytes.slice(0, -1), bytes[bytes.length - 1] | 128, 0] : bytes;
}
