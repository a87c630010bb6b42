// @ts-check
// Reads that LLVM puts before the call which sets what they read (build/calls.mjs). The modules are written byte by byte, since a
// tool that reads text would put the instructions in an order of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withReadsBehindCalls } from '../build/calls.mjs';
import { leb } from '../build/leb.mjs';

const [I32, I64, EMPTY] = [0x7f, 0x7e, 0x40];
const [LOOP, BLOCK, IF, END, BR_IF, RETURN, DROP, SELECT, EQZ, ADD, WRAP] = [[0x03, EMPTY], [0x02, EMPTY], [0x04, EMPTY], 0x0b, 0x0d, 0x0f, 0x1a, 0x1b, 0x45, 0x6a, 0xa7];
const number = (/** @type {number} */ value) => [0x41, value];
const call = (/** @type {number} */ index) => [0x10, index];
const get = (/** @type {number} */ index) => [0x20, index];
const set = (/** @type {number} */ index) => [0x21, index];
const tee = (/** @type {number} */ index) => [0x22, index];

/** What the functions under test can call. Each number shows its place in the result. */
const IMPORTS = {
  /** The flag, and what is read too early. */
  pair: { takes: [I32], puts: [I32, I32], does: (/** @type {number} */ flag) => [flag, 7] },
  triple: { takes: [], puts: [I32, I32, I32], does: () => [1, 2, 3] },
  long: { takes: [], puts: [I64, I32], does: () => [5n, 6] },
  digits: { takes: [I32, I32, I32], puts: [I32], does: (/** @type {number[]} */ ...list) => Number(list.join('')) },
};
const [PAIR, TRIPLE, LONG, DIGITS] = [0, 1, 2, 3].map(call);

const list = (/** @type {number[][]} */ items) => [...leb(items.length), ...items.flat()];
const text = (/** @type {string} */ value) => [value.length, ...Buffer.from(value)];
const section = (/** @type {number} */ id, /** @type {number[]} */ bytes) => [id, ...leb(bytes.length), ...bytes];

/** A module with one function, which takes a number, gives one, and has five more locals for numbers. @param {(number | number[])[]} code */
function module(...code) {
  const functions = Object.values(IMPORTS);
  const types = [...functions, { takes: [I32], puts: [I32] }];
  const body = [...list([[5, I32]]), ...code.flat(), END];
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, list(types.map(({ takes, puts }) => [0x60, ...list(takes.map((type) => [type])), ...list(puts.map((type) => [type]))]))),
    ...section(2, list(Object.keys(IMPORTS).map((name, i) => [...text('m'), ...text(name), 0, i]))),
    ...section(3, list([[functions.length]])),
    ...section(7, list([[...text('f'), 0, functions.length]])),
    ...section(10, list([[...leb(body.length), ...body]])),
  ]);
}

/** @param {Uint8Array} wasm @param {number} argument */
function run(wasm, argument) {
  const m = Object.fromEntries(Object.entries(IMPORTS).map(([name, { does }]) => [name, does]));
  return /** @type {any} */ (new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(wasm)), { m }).exports).f(argument);
}

/** What a function gives as it is, and as it is mended. @param {Uint8Array} wasm @param {number} [argument] */
function both(wasm, argument = 1) {
  const { wasm: mended, moved } = withReadsBehindCalls(wasm);
  return { before: run(wasm, argument), after: run(mended, argument), moved };
}

test('the read of the LLVM issue: wrong as it is, right when mended', () => {
  const wasm = module(number(12), get(1), get(0), PAIR, set(1), EQZ, SELECT);
  assert.deepEqual(both(wasm, 1), { before: 0, after: 7, moved: 1 });
  assert.deepEqual(both(wasm, 0), { before: 12, after: 12, moved: 1 });
});

test('operands that are computed before the call keep their values and their order', () => {
  const wasm = module(get(1), get(0), number(1), ADD, get(0), PAIR, set(1), DIGITS);
  assert.deepEqual(both(wasm, 3), { before: 43, after: 743, moved: 1 });
});

test('a local that is read, and set again before the call, is read before', () => {
  const wasm = module(get(1), get(0), number(5), tee(0), PAIR, set(1), DIGITS);
  assert.deepEqual(both(wasm, 4), { before: 45, after: 745, moved: 1 });
});

test('two reads of two results, and a result that nobody wants', () => {
  assert.deepEqual(both(module(get(2), get(1), TRIPLE, set(1), set(2), DIGITS)), { before: 1, after: 231, moved: 1 });
  assert.deepEqual(both(module(number(9), get(1), TRIPLE, DROP, set(1), DIGITS)), { before: 901, after: 921, moved: 1 });
});

test('first results of other types', () => {
  assert.deepEqual(both(module(get(1), number(4), LONG, set(1), WRAP, DIGITS)), { before: 45, after: 645, moved: 1 });
});

test('calls within calls', () => {
  const wasm = module(get(2), get(1), get(0), PAIR, set(1), PAIR, set(2), DIGITS);
  assert.deepEqual(both(wasm, 4), { before: 4, after: 774, moved: 2 });
});

test('in a block of the same expression, and in a loop that sets the local before it comes round', () => {
  assert.deepEqual(both(module(BLOCK, number(12), get(1), get(0), PAIR, set(1), EQZ, SELECT, set(3), END, get(3))), { before: 0, after: 7, moved: 1 });
  const wasm = module(LOOP, number(0), set(1), number(12), get(1), get(0), PAIR, set(1), EQZ, SELECT, set(3), get(3), EQZ, get(4), EQZ, [0x71], number(1), set(4), BR_IF, 0, END, get(3));
  assert.deepEqual(both(wasm), { before: 0, after: 7, moved: 1 });
});

test('what is right stays as it is, byte for byte', () => {
  const right = {
    'nothing of these kinds': module(get(0)),
    'a value that was computed from the local': module(get(1), number(1), ADD, number(2), get(0), PAIR, set(1), DIGITS),
    'a value that was kept and is on the stack': module(number(8), tee(1), number(2), get(1), PAIR, set(1), DIGITS),
    'a local that is read behind the call': module(get(0), PAIR, set(1), get(1), ADD),
    'all results in locals': module(get(0), PAIR, set(2), set(1), get(1)),
    'code behind a return': module(get(0), RETURN, get(0), PAIR, set(1), EQZ, SELECT),
    'an if with an else': module(get(0), IF, get(0), PAIR, DROP, set(0), [0x05], number(3), set(0), END, get(0)),
  };
  for (const [name, wasm] of Object.entries(right)) {
    assert.ok(WebAssembly.validate(wasm), name);
    const { wasm: out, moved } = withReadsBehindCalls(wasm);
    assert.deepEqual([Uint8Array.from(out), moved], [wasm, 0], name);
  }
});

test('what cannot be told apart, or is not known, fails with its place', () => {
  const round = module(LOOP, number(12), get(1), get(0), PAIR, set(1), EQZ, SELECT, set(3), get(3), EQZ, BR_IF, 0, END, get(3));
  assert.throws(() => withReadsBehindCalls(round), /^Error: function 4 of the wasm: local 1, read at instruction 2, may be meant as it is before the call at 4 or as it is after it$/);
  const between = module(get(1), number(5), tee(1), PAIR, set(1), number(2), DIGITS);
  assert.throws(() => withReadsBehindCalls(between), /local 1, read at instruction 0, may be meant/);
  const outside = module(get(1), BLOCK, get(0), PAIR, set(1), DROP, END);
  assert.throws(() => withReadsBehindCalls(outside), /local 1 is read for later at instruction 0 and set at 3, in a way that is not known/);
  const alone = module(get(1), number(3), set(1));
  assert.throws(() => withReadsBehindCalls(alone), /local 1 is read for later at instruction 0 and set at 2/);
  for (const wasm of [round, between, outside, alone]) assert.ok(WebAssembly.validate(wasm));
});

test('what does not add up fails', () => {
  assert.throws(() => withReadsBehindCalls(module(ADD)), /function 4 of the wasm: the stack has less than an instruction takes \(opcode 106, instruction 0\)/);
  assert.throws(() => withReadsBehindCalls(module(number(1), number(1))), /a block leaves another number of values than it says/);
  assert.throws(() => withReadsBehindCalls(module(0x06)), /not known \(opcode 6/);
});
