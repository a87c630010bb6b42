// @ts-check
// The wasm taken apart for compression: what is alike side by side, opcodes with opcodes, indices of locals with those of locals,
// constants with constants. Deflated, that is a fifth smaller than the file as it is. The size of a function and the
// alignments, which are mere hints, are left out. build/restore.wat puts it together again.
import { skip } from './instructions.mjs';
import { leb, reader } from './leb.mjs';
import { paired } from './pairs.mjs';
import { apart } from './texts.mjs';

/**
 * Kinds of opcodes: 0 nothing follows; 1 a block begins, with its type; 2 one ends; 3 to 8 a number follows, its first byte of the stream
 * of that number, the others of the stream 16 further on; 9 something of another form follows; 10 is no opcode of WebAssembly: i32.const with
 * an address of the data, less BASE, whose low bytes are stream 10 and whose high bytes stream 11. Stream 0 is all but the code, 1 the
 * opcodes, 2 the declarations of locals; stream 12 are the texts, which are not among the parts, but come behind them.
 */
const KINDS = Array.from({ length: 256 }, () => 0);
/** @type {[kind: number, from: number, to?: number][]} */
const RANGES = [
  [1, 0x02, 0x04], [2, 0x0b], [8, 0x0c, 0x0d], [9, 0x0e], [7, 0x10], [9, 0x11], [9, 0x1c], [4, 0x20, 0x22], [5, 0x23, 0x26], [3, 0x28, 0x3e],
  [5, 0x3f, 0x40], [6, 0x41], [5, 0x42], [9, 0x43, 0x44], [9, 0xfc, 0xfd], [10, 0xff],
];
for (const [kind, from, to = from] of RANGES) KINDS.fill(kind, from, to + 1);

const [CONST, ADDRESS] = [0x41, 0xff];
/** Where the data begin, behind the stack. */
const BASE = 65536;
/** In which order deflate gets them: what repeats most first, since what comes first is in reach of all the rest. */
const ORDER = [3, 1, 4, 6, 22, 9, 19, 10, 11, 7, 23, 8, 24, 5, 21, 2, 20, 0];
const [MORE, TEXTS, STREAMS] = [16, 12, 25];

/**
 * What restore.wat wants in its memory: the parts, and the texts behind them.
 * @param {Uint8Array} wasm
 * @returns {{ parts: Buffer, texts: string }}
 */
export function streams(wasm) {
  const read = reader(wasm);
  /** @type {number[][]} */
  const out = Array.from({ length: STREAMS }, () => []);
  read.copy(out[0], 8);
  let count = 0;
  while (!count) {
    if (read.over()) throw new Error('the wasm has no functions: build/restore.wat expects one at least');
    const id = read.byte();
    const length = read.number();
    out[0].push(id);
    if (id !== 10) {
      out[0].push(...leb(length));
      read.copy(out[0], length);
      continue;
    }
    count = read.number();
    const functions = Array.from({ length: count }, () => 3 + body(read, out));
    out[0].push(...leb(functions.reduce((sum, size) => sum + size, leb(count).length)), ...leb(count));
  }
  const head = out[0].length;
  const { texts, others } = apart(read.bytes(wasm.length - read.at()));
  out[0].push(...others);
  const { table, packed } = paired(out[1]);
  out[1] = packed;
  const numbers = Uint32Array.from([...out.keys(), head, count, packed.length]);
  let end = KINDS.length + table.length + numbers.byteLength;
  for (const stream of ORDER) numbers[stream] = (end += out[stream].length) - out[stream].length;
  numbers[TEXTS] = end;
  return {
    parts: Buffer.concat([Buffer.from(KINDS), Buffer.from(table), Buffer.from(numbers.buffer), Buffer.from(ORDER.flatMap((stream) => out[stream]))]),
    texts: Buffer.from(texts).toString('latin1'),
  };
}

/** Takes a function apart and gives its size. @param {ReturnType<typeof reader>} read @param {number[][]} out */
function body(read, out) {
  const length = read.number();
  const start = read.at();
  const groups = read.byte();
  out[2].push(groups);
  for (let left = groups; left > 0; left--) {
    const many = read.byte();
    if (many > 127) throw new Error('more than 127 locals of a type in a row: build/restore.wat takes one byte for their number');
    out[2].push(many, read.byte());
  }
  while (read.at() < start + length) {
    const op = read.byte();
    if (op === CONST && address(read, out)) continue;
    out[1].push(op);
    const kind = KINDS[op];
    if (kind === 3 && read.byte() > 15) throw new Error('an alignment of more than a hint');
    if (kind === 9) {
      const from = read.at();
      skip(op, read);
      const many = read.at() - from;
      if (many > 255) throw new Error(`opcode ${op} with ${many} bytes: build/restore.wat takes one byte for their number`);
      read.back(many);
      out[9].push(many);
      read.copy(out[9], many);
    } else if (kind && kind !== 2) {
      const more = read.leb() - 1;
      if (kind === 1 && more) throw new Error('more than 64 types of functions: build/restore.wat takes one byte for the type of a block');
      read.copy(out[kind], 1);
      read.copy(out[kind | MORE], more);
    }
  }
  return length;
}

/** Takes an address that two bytes and BASE give, if there is one. @param {ReturnType<typeof reader>} read @param {number[][]} out */
function address(read, out) {
  const length = read.leb();
  const value = read.number() - BASE;
  if (length === 3 && value >= 0 && value < 65536) {
    out[1].push(ADDRESS);
    out[10].push(value & 255);
    out[11].push(value >> 8);
    return true;
  }
  read.back(length);
  return false;
}
