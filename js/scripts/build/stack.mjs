// @ts-check
// What is on the operand stack at each instruction of a function.
import { effect } from './instructions.mjs';

/** @typedef {import('./instructions.mjs').Instruction} Instruction */
/** @typedef {{ takes: number[], puts: number[] }} Signature types of values */
/** @typedef {{ by: number, type?: number, local?: number }} Value by which instruction; of which type, if that is known; read from which local */
/** @typedef {{ height: number, puts: number[], dead: boolean, unreachable: boolean }} Block dead: from here on; unreachable: all of it */
/** @typedef {{ types: Signature[], functions: Signature[] }} Module */

const [UNREACHABLE, BLOCK, LOOP, IF, ELSE, END, BR, BR_IF, BR_TABLE, RETURN] = [0x00, 0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f];
const [CALL, INDIRECT, SELECT, TYPED_SELECT, GET, SET, TEE, GLOBAL_GET, GLOBAL_SET] = [0x10, 0x11, 0x1b, 0x1c, 0x20, 0x21, 0x22, 0x23, 0x24];
const [EMPTY, SMALLEST_TYPE] = [0x40, 0x6f];

/**
 * Walks through a function. `look` gets each reachable instruction with the stack as it is when the instruction has taken its operands, where
 * the block of the instruction begins on it, and, for a call, the signature.
 * @param {Instruction[]} code
 * @param {number[]} locals their types
 * @param {number[]} puts types of the function's results
 * @param {Module} module
 * @param {(at: number, stack: Value[], floor: number, call?: Signature) => void} look
 */
export function walk(code, locals, puts, { types, functions }, look) {
  /** @type {Value[]} */
  const stack = [];
  /** @type {Block[]} */
  const blocks = [{ height: 0, puts, dead: false, unreachable: false }];
  code.forEach((instruction, at) => {
    const { op, value } = instruction;
    const block = blocks[blocks.length - 1];
    const fail = (/** @type {string} */ what) => { throw new Error(`${what} (opcode ${op}, instruction ${at})`); };
    const take = (/** @type {number} */ many) => {
      if (stack.length - many < block.height) fail('the stack has less than an instruction takes');
      return stack.splice(stack.length - many, many);
    };
    const put = (/** @type {(number | undefined)[]} */ list) => { for (const type of list) stack.push({ by: at, type }); };
    if (!block) return fail('code behind the end');
    if (op === BLOCK || op === LOOP || op === IF) {
      if (op === IF && !block.dead) take(1);
      if (value < EMPTY && types[value].takes.length) fail('a block that takes values');
      const of = value < EMPTY ? types[value].puts : value >= SMALLEST_TYPE ? [value] : [];
      blocks.push({ height: stack.length, puts: of, dead: block.dead, unreachable: block.dead });
    } else if (op === ELSE || op === END) {
      if (!block.dead && stack.length !== block.height + block.puts.length) fail('a block leaves another number of values than it says');
      stack.length = block.height;
      block.dead = block.unreachable;
      if (op === END) blocks.pop();
      if (op === END && !block.dead) put(block.puts);
    } else if (!block.dead) {
      // Nothing but calls and plain instructions takes more than one thing that matters here.
      const signature = op === CALL ? functions[value] : op === INDIRECT ? types[value] : undefined;
      const plain = effect(instruction);
      if (op === INDIRECT || op === BR_IF || op === BR_TABLE || op === SET || op === TEE || op === GLOBAL_SET) take(1);
      const taken = op === SELECT || op === TYPED_SELECT ? take(3) : take(signature?.takes.length ?? plain?.takes ?? 0);
      look(at, stack, block.height, signature);
      if (op === GET) stack.push({ by: at, type: locals[value], local: value });
      else if (op === TEE) put([locals[value]]);
      else if (op === GLOBAL_GET) put([undefined]);
      else if (signature) put(signature.puts);
      else if (op === SELECT || op === TYPED_SELECT) put([taken[0].type]);
      else if (op === UNREACHABLE || op === BR || op === BR_TABLE || op === RETURN) {
        stack.length = block.height;
        block.dead = true;
      } else if (plain) {
        if (plain.puts) put([plain.puts]);
      } else if (op !== SET && op !== GLOBAL_SET && op !== BR_IF) {
        fail('not known');
      }
    }
  });
  if (blocks.length) throw new Error('a block that does not end');
}
