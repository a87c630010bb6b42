// @ts-check
// What LLVM gets wrong about functions that return two values, put right in what cargo wrote. LLVM leaves the first result on the operand
// stack and puts the others into locals, for which it moves the call down to where the first is used; and there an operand of the
// same expression may have been read already from such a local, before the call sets it:
//     i32.const 12   local.get $b   call $f   local.set $b   i32.eqz   select
// (LLVM issue 98323; LLVM 23 no longer leaves such a result on the stack.) The read is moved behind the call: the operands from
// there on are taken out of the way, if need be by way of new locals, and come back in their order.
//
// That such a read is wrong is certain. LLVM writes `local.get` where the expression begins, but means the value at its end, and a
// value that lives on past a call never shares its local with a result of the call. Only a copy that LLVM has made of what the
// call is about to replace looks the same and is right; it makes such copies of values that a loop hands on from round to
// round. So where the loop leads from the call back to the read, nothing here tells the two apart, and the build fails: the Rust
// function that it names has to be written in another way.
import { comesRound } from './flow.mjs';
import { instructions } from './instructions.mjs';
import { leb, reader, withSections } from './leb.mjs';
import { walk } from './stack.mjs';
import { functionNames } from './table.mjs';

/** @typedef {import('./instructions.mjs').Instruction} Instruction */
/** @typedef {import('./stack.mjs').Value} Value */
/** @typedef {import('./stack.mjs').Signature} Signature */
/** @typedef {{ call: number, end: number, late: Value[], left: number[] }} Wrong call, and end of what takes its results away; operands from the wrong read on; types of the results on the stack */

const [TYPES, IMPORTS, FUNCTIONS, CODE] = [1, 2, 3, 10];
const [DROP, GET, SET, TEE] = [0x1a, 0x20, 0x21, 0x22];
const CONSTANTS = [0x41, 0x42, 0x43, 0x44];

/** The module with every such read where it belongs, and how many there were. @param {Uint8Array} wasm @returns {{ wasm: Buffer, moved: number }} */
export function withReadsBehindCalls(wasm) {
  /** @type {import('./stack.mjs').Module} */
  const module = { types: [], functions: [] };
  let imported = 0, moved = 0;
  const out = withSections(wasm, (id, bytes) => {
    const read = reader(bytes);
    if (id === TYPES) module.types = Array.from({ length: read.number() }, () => signature(read));
    if (id === IMPORTS) imported = module.functions.push(...imports(read).map((type) => module.types[type]));
    if (id === FUNCTIONS) module.functions.push(...Array.from({ length: read.number() }, () => module.types[read.number()]));
    if (id !== CODE) return bytes;
    const bodies = Array.from({ length: read.number() }, (_, i) => {
      const body = read.bytes(read.number());
      try {
        const made = mended(body, module.functions[imported + i], module);
        moved += made.moved;
        return [...leb(made.body.length), ...made.body];
      } catch (error) {
        throw new Error(`function ${functionNames(wasm).get(imported + i) ?? imported + i} of the wasm: ${error instanceof Error ? error.message : error}`);
      }
    });
    return Buffer.from([...leb(bodies.length), ...bodies.flat()]);
  });
  return { wasm: out, moved };
}

/** @param {ReturnType<typeof reader>} read @returns {Signature} */
function signature(read) {
  if (read.byte() !== 0x60) throw new Error('a type that is no function');
  const list = () => Array.from({ length: read.number() }, () => read.byte());
  return { takes: list(), puts: list() };
}

/** The types of the imported functions, and of nothing else. @param {ReturnType<typeof reader>} read */
function imports(read) {
  return Array.from({ length: read.number() }, () => {
    read.text();
    read.text();
    if (read.byte() !== 0) throw new Error('an import that is no function');
    return read.number();
  });
}

/** @param {Uint8Array} body @param {Signature} own @param {import('./stack.mjs').Module} module */
function mended(body, own, module) {
  const read = reader(body);
  const groups = Array.from({ length: read.number() }, () => [read.number(), read.byte()]);
  const types = [...own.takes, ...groups.flatMap(([many, type]) => Array.from({ length: many }, () => type))];
  const given = types.length;
  let code = instructions(body.subarray(read.at()));
  let moved = 0;
  for (let wrong; (wrong = firstWrong(code, types, own.puts, module)); moved++) code = inOrder(code, wrong, types);
  if (!moved) return { body, moved };
  groups.push(...types.slice(given).map((type) => [1, type]));
  return { body: Buffer.concat([Buffer.from([...leb(groups.length), ...groups.flatMap(([many, type]) => [...leb(many), type])]), ...code.map(({ bytes }) => bytes)]), moved };
}

/** @param {Instruction[]} code @param {number[]} types @param {number[]} puts @param {import('./stack.mjs').Module} module @returns {Wrong | undefined} */
function firstWrong(code, types, puts, module) {
  /** @type {Wrong | undefined} */
  let wrong;
  walk(code, types, puts, module, (at, stack, floor, call) => {
    if (wrong || (code[at].op !== SET && (call?.puts.length ?? 0) < 2)) return;
    let end = at + 1;
    if (call) while (end - at <= call.puts.length && [SET, DROP].includes(code[end].op)) end++;
    const set = code.slice(call ? at + 1 : at, end).filter(({ op }) => op === SET).map(({ value }) => value);
    const first = stack.findIndex(({ local }) => local !== undefined && set.includes(local));
    if (first < 0) return;
    const read = stack[first];
    if (!call || first < floor) throw new Error(`local ${read.local} is read for later at instruction ${read.by} and set at ${at}, in a way that is not known`);
    wrong = { call: at, end, late: stack.slice(first), left: call.puts.slice(0, call.puts.length - (end - at - 1)) };
  });
  return wrong;
}

/** @param {Instruction[]} code @param {Wrong} wrong @param {number[]} types of locals, which new ones are added to */
function inOrder(code, { call, end, late, left }, types) {
  const set = new Set(code.slice(call + 1, end).filter(({ op }) => op === SET).map(({ value }) => value));
  const gone = new Set();
  /** @type {Instruction[]} */
  const away = [];
  /** @type {Instruction[]} */
  const back = [];
  const byLocal = (/** @type {number | undefined} */ type) => {
    if (type === undefined) throw new Error(`an operand of unknown type before the call at instruction ${call}`);
    const local = types.push(type) - 1;
    away.unshift(instruction(SET, local));
    back.push(instruction(GET, local));
  };
  for (const { by, type, local } of late) {
    const since = code.slice(by, call).some(({ op, value }) => (op === SET || op === TEE) && value === local);
    if (local !== undefined && set.has(local) && (since || comesRound(code, end, by, local))) {
      throw new Error(`local ${local}, read at instruction ${by}, may be meant as it is before the call at ${call} or as it is after it`);
    }
    if (since || (local === undefined && !CONSTANTS.includes(code[by].op))) byLocal(type);
    else {
      gone.add(by);
      back.push(code[by]);
    }
  }
  left.forEach(byLocal);
  return [...code.slice(0, end).filter((_, at) => !gone.has(at)), ...away, ...back, ...code.slice(end)];
}

/** @param {number} op @param {number} value @returns {Instruction} */
const instruction = (op, value) => ({ op, value, bytes: Uint8Array.from([op, ...leb(value)]) });
