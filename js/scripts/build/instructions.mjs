// @ts-check
// One instruction of WebAssembly after another: where it ends, and what it takes from the operand stack and puts there.
// Those whose effect hangs on more than their opcode (blocks, branches, calls, locals) are the reader's affair.
import { reader } from './leb.mjs';

/** Types of values as they are written in a module. */
export const [I32, I64, F32, F64, V128] = [0x7f, 0x7e, 0x7d, 0x7c, 0x7b];

/**
 * What takes so many values and puts one of a type there, or none.
 * @type {[from: number, to: number, takes: number, puts?: number][]}
 */
const PLAIN = [
  [0x01, 0x01, 0], [0x1a, 0x1a, 1], // nop, drop
  [0x28, 0x28, 1, I32], [0x29, 0x29, 1, I64], [0x2a, 0x2a, 1, F32], [0x2b, 0x2b, 1, F64], [0x2c, 0x2f, 1, I32], [0x30, 0x35, 1, I64], // loads
  [0x36, 0x3e, 2], [0x3f, 0x3f, 0, I32], [0x40, 0x40, 1, I32], // stores, size of the memory
  [0x41, 0x41, 0, I32], [0x42, 0x42, 0, I64], [0x43, 0x43, 0, F32], [0x44, 0x44, 0, F64], // constants
  [0x45, 0x45, 1, I32], [0x46, 0x4f, 2, I32], [0x50, 0x50, 1, I32], [0x51, 0x66, 2, I32], // comparisons
  [0x67, 0x69, 1, I32], [0x6a, 0x78, 2, I32], [0x79, 0x7b, 1, I64], [0x7c, 0x8a, 2, I64], // integers
  [0x8b, 0x91, 1, F32], [0x92, 0x98, 2, F32], [0x99, 0x9f, 1, F64], [0xa0, 0xa6, 2, F64], // floats
  [0xa7, 0xab, 1, I32], [0xac, 0xb1, 1, I64], [0xb2, 0xb6, 1, F32], [0xb7, 0xbb, 1, F64], // conversions
  [0xbc, 0xbc, 1, I32], [0xbd, 0xbd, 1, I64], [0xbe, 0xbe, 1, F32], [0xbf, 0xbf, 1, F64], [0xc0, 0xc1, 1, I32], [0xc2, 0xc4, 1, I64],
];
/** The same of what follows the byte 0xfc: saturating truncations, and whole stretches of memory. @type {typeof PLAIN} */
const MORE = [[0, 3, 1, I32], [4, 7, 1, I64], [8, 8, 3], [9, 9, 0], [10, 11, 3]];
/** And 0xfd, vectors: those that do not take two of them and put one. @type {typeof PLAIN} */
const VECTORS = [
  [0x00, 0x0a, 1, V128], [0x0b, 0x0b, 2], [0x0c, 0x0c, 0, V128], [0x58, 0x5b, 2], [0x5c, 0x62, 1, V128], // loads, stores, a constant
  [0x0f, 0x14, 1, V128], [0x15, 0x16, 1, I32], [0x18, 0x19, 1, I32], [0x1b, 0x1b, 1, I32], [0x1d, 0x1d, 1, I64], [0x1f, 0x1f, 1, F32], [0x21, 0x21, 1, F64], // lanes
  [0x4d, 0x4d, 1, V128], [0x52, 0x52, 3, V128], [0x53, 0x53, 1, I32], // bits
  [0x63, 0x64, 1, I32], [0x83, 0x84, 1, I32], [0xa3, 0xa4, 1, I32], [0xc3, 0xc4, 1, I32], // to one number
  [0x67, 0x6a, 1, V128], [0x74, 0x75, 1, V128], [0x7a, 0x7a, 1, V128], [0x7c, 0x81, 1, V128], [0x87, 0x8a, 1, V128], [0x94, 0x94, 1, V128], [0xa0, 0xa1, 1, V128],
  [0xa7, 0xaa, 1, V128], [0xc0, 0xc1, 1, V128], [0xc7, 0xca, 1, V128], [0xe0, 0xe1, 1, V128], [0xe3, 0xe3, 1, V128], [0xec, 0xed, 1, V128], [0xef, 0xef, 1, V128],
  [0xf8, 0xff, 1, V128], [0x00, 0xff, 2, V128],
];

/** Opcodes with a number behind them: blocks, branches, calls, select with types, locals and what is global, memory, constants, references, prefixes. */
const NUMBERED = [[0x02, 0x04], [0x0c, 0x0e], [0x10, 0x11], [0x1c, 0x1c], [0x20, 0x26], [0x28, 0x42], [0xd0, 0xd0], [0xd2, 0xd2], [0xfc, 0xfd]];

/** @typedef {{ op: number, value: number, bytes: Uint8Array }} Instruction `value`: the number behind the opcode */

/** @typedef {ReturnType<typeof import('./leb.mjs').reader>} Reader */

/** Everything that a function's code has. @param {Uint8Array} code @returns {Instruction[]} */
export function instructions(code) {
  const read = reader(code);
  const list = [];
  while (!read.over()) {
    const start = read.at();
    const op = read.byte();
    const value = skip(op, read);
    list.push({ op, value, bytes: code.subarray(start, read.at()) });
  }
  return list;
}

/** What an instruction takes and puts; nothing for those that this file leaves to others. @param {Instruction} instruction */
export function effect({ op, value }) {
  const [table, code] = op === 0xfc ? [MORE, value] : op === 0xfd ? [VECTORS, value] : [PLAIN, op];
  const row = table.find(([from, to]) => code >= from && code <= to);
  return row && { takes: row[2], puts: row[3] };
}

/** Reads past what follows an opcode, and gives the first number of it. @param {number} op @param {Reader} read */
export function skip(op, read) {
  const numbers = (/** @type {number} */ many) => { for (; many > 0; many--) read.number(); };
  if (op === 0x43 || op === 0x44) read.bytes(op === 0x43 ? 4 : 8); // f32.const, f64.const
  if (!NUMBERED.some(([from, to]) => op >= from && op <= to)) return 0;
  const first = read.number();
  if (op === 0x0e) numbers(first + 1); // br_table
  else if (op === 0x11 || (op >= 0x28 && op <= 0x3e)) numbers(1); // call_indirect, loads and stores
  else if (op === 0x1c) numbers(first); // select with types
  else if (op === 0xfc && first >= 8) numbers([8, 10, 12, 14].includes(first) ? 2 : 1);
  else if (op === 0xfd) vector(first, read);
  return first;
}

/** The same for vectors. @param {number} more @param {Reader} read */
function vector(more, read) {
  if (more > 0xff) throw new Error(`build/instructions.mjs does not know the vector opcode ${more}`);
  const lane = more >= 0x54 && more <= 0x5b;
  if (more < 12 || lane || more === 0x5c || more === 0x5d) { read.number(); read.number(); } // loads and stores
  if (more === 12 || more === 13) read.bytes(16); // v128.const, shuffle
  if (lane || (more > 20 && more < 35)) read.byte();
}
