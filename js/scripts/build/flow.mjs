// @ts-check
// Where control goes from an instruction of a function.
import { reader } from './leb.mjs';

/** @typedef {import('./instructions.mjs').Instruction} Instruction */
/** @typedef {{ start: number, loop: boolean, outer: Block | undefined, otherwise: number, end: number }} Block */

const [UNREACHABLE, BLOCK, LOOP, IF, ELSE, END, BR, BR_IF, BR_TABLE, RETURN, SET, TEE] = [0x00, 0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x21, 0x22];

/**
 * Whether what a local holds at one place can still be there at another, which nothing but the way back of a loop leads to.
 * @param {Instruction[]} code @param {number} from @param {number} to @param {number} local
 */
export function comesRound(code, from, to, local) {
  const inside = blocks(code);
  const seen = new Set();
  for (const todo = [from]; todo.length;) {
    const at = /** @type {number} */ (todo.pop());
    if (at === to) return true;
    const { op, value } = code[at] ?? { op: RETURN, value: 0 };
    if (seen.has(at) || ((op === SET || op === TEE) && value === local)) continue;
    seen.add(at);
    todo.push(...next(code[at], at, inside[at]));
  }
  return false;
}

/** @param {Instruction | undefined} instruction @param {number} at @param {Block | undefined} block that it is in, or begins @returns {number[]} */
function next(instruction, at, block) {
  if (!instruction) return [];
  const { op, value, bytes } = instruction;
  switch (op) {
    case UNREACHABLE: case RETURN: return [];
    case BR: return target(block, value);
    case BR_IF: return [at + 1, ...target(block, value)];
    case BR_TABLE: {
      const read = reader(bytes.subarray(1));
      return Array.from({ length: read.number() + 1 }, () => target(block, read.number())).flat();
    }
    case IF: return [at + 1, ...(block ? [(block.otherwise || block.end) + 1] : [])];
    case ELSE: return block ? [block.end] : [];
    default: return [at + 1];
  }
}

/** @param {Block | undefined} block @param {number} depth @returns {number[]} */
function target(block, depth) {
  for (; block && depth; depth--) block = block.outer;
  return block ? [block.loop ? block.start : block.end] : [];
}

/** The block of every instruction. @param {Instruction[]} code */
function blocks(code) {
  /** @type {Block | undefined} */
  let block;
  return code.map(({ op }, at) => {
    if (op === BLOCK || op === LOOP || op === IF) block = { start: at, loop: op === LOOP, outer: block, otherwise: 0, end: 0 };
    const own = block;
    if (block && op === ELSE) block.otherwise = at;
    if (block && op === END) { block.end = at; block = block.outer; }
    return own;
  });
}
