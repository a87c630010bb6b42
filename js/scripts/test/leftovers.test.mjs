// @ts-check
// Texts of functions that are gone (build/leftovers.mjs): they go, unless anything still points to them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import binaryen from 'binaryen';
import { withoutLeftovers } from '../build/leftovers.mjs';

const DEAD = 'null pointer passed to rust';

/** Two segments; the text stands 4 bytes into the first, at 65540. @param {string} code @param {string} [more] of the second segment */
function module(code, more = 'end') {
  const parsed = binaryen.parseText(`(module (memory 2) (func (export "f") (param i32) (result i32) ${code})
    (data (i32.const 65536) "abcd${DEAD}, and more") (data (i32.const 66000) "${more}"))`);
  parsed.setFeatures(binaryen.Features.SIMD128);
  const bytes = parsed.emitBinary();
  parsed.dispose();
  return bytes;
}

/** @param {Uint8Array} wasm */
const texts = (wasm) => Buffer.from(wasm).toString('latin1');

test('a text that nothing points to becomes zeros, and nothing else changes', () => {
  for (const code of ['(i32.const 65536)', '(i32.const 65567)', '(i32.load8_u offset=65536 (local.get 0))', '(i32.wrap_i64 (i64.const 65540))']) {
    const before = module(code);
    const after = withoutLeftovers(before);
    assert.equal(texts(after), texts(before).replace(DEAD, '\0'.repeat(DEAD.length)), code);
    assert.ok(WebAssembly.validate(after));
  }
});

test('a text that code or data point into stays', () => {
  const ways = [
    ['(i32.const 65540)'], ['(i32.const 65566)'], ['(i32.load8_u offset=65541 (local.get 0))'],
    ['(i8x16.extract_lane_s 0 (v128.load offset=65540 (local.get 0)))'],
    ['(i8x16.extract_lane_s 0 (v128.load8_lane offset=65540 3 (local.get 0) (v128.const i32x4 0 0 0 -1)))'],
    ['(i32.const 0)', 'x\\04\\00\\01\\00'],
  ];
  for (const [code, more] of ways) {
    const before = module(code, more);
    assert.deepEqual(texts(withoutLeftovers(before)), texts(before), code);
  }
});

test('a module without data, and one with another form of data', () => {
  const bare = Buffer.from('0061736d01000000', 'hex');
  assert.deepEqual(withoutLeftovers(bare), bare);
  const passive = binaryen.parseText('(module (memory 1) (data "null pointer passed to rust"))');
  assert.throws(() => withoutLeftovers(passive.emitBinary()), /another form/);
});
