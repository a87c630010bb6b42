// @ts-check
// The count at the end of `make test` is only worth what this reading of other programs' output is worth.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counts, verdict } from './counts.mjs';

test('our own last line is counted', () => {
  assert.deepEqual(counts('  ok  one\n7 passed, 2 failed\n'), { passed: 7, failed: 2, skipped: 0 });
});

test('every binary of cargo test is counted, ignored tests as skipped', () => {
  const output = 'test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n'
    + 'test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n';
  assert.deepEqual(counts(output), { passed: 15, failed: 2, skipped: 1 });
});

test('both reporters of node --test are counted', () => {
  assert.deepEqual(counts('# pass 4\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 0\n'), { passed: 4, failed: 2, skipped: 2 });
  assert.deepEqual(counts('ℹ pass 4\nℹ fail 0\n'), { passed: 4, failed: 0, skipped: 0 });
});

test('colours are no obstacle', () => {
  assert.deepEqual(counts('\u001b[34mℹ pass 4\u001b[39m\n'), { passed: 4, failed: 0, skipped: 0 });
});

test('a sentence that happens to hold the words is not counted', () => {
  assert.deepEqual(counts('the suite said 9 passed, 1 failed yesterday\n'), { passed: 0, failed: 0, skipped: 0 });
});

test('a suite that ends badly without a failure has one', () => {
  assert.deepEqual(verdict({ output: '5 passed, 0 failed', code: 1 }), { passed: 5, failed: 1, skipped: 0 });
  assert.deepEqual(verdict({ output: '', code: null }), { passed: 0, failed: 1, skipped: 0 });
});

test('a suite that ran nothing has failed', () => {
  assert.deepEqual(verdict({ output: 'nothing to do', code: 0 }), { passed: 0, failed: 1, skipped: 0 });
});

test('a check counts by its exit code alone', () => {
  assert.deepEqual(verdict({ output: '3 passed, 4 failed', code: 0, check: true }), { passed: 1, failed: 0, skipped: 0 });
  assert.deepEqual(verdict({ output: '', code: 101, check: true }), { passed: 0, failed: 1, skipped: 0 });
});
