// @ts-check
// `.ci/run` with a `make` that only pretends: what it calls, its last line, its exit code.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { at } from '../build/project.mjs';

/** @param {string} make a program in bash, $1 is the target @param {string[]} args */
function ci(make, ...args) {
  const folder = mkdtempSync(join(tmpdir(), 'ci-'));
  writeFileSync(join(folder, 'make'), `#!/usr/bin/env bash\n${make}\n`);
  chmodSync(join(folder, 'make'), 0o755);
  const { status, stdout } = spawnSync(at('.ci/run'), args, { encoding: 'utf8', env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` } });
  rmSync(folder, { recursive: true });
  return { status, lines: stdout.trim().split('\n') };
}

test('it is make test, exactly', () => {
  assert.deepEqual(ci('echo "make $*"; echo 3 passed, 0 failed'), { status: 0, lines: ['make test', '3 passed, 0 failed'] });
  assert.deepEqual(ci('echo 3 passed, 1 failed; exit 2'), { status: 2, lines: ['3 passed, 1 failed'] });
});

test('all: make test, then make matrix, one count', () => {
  assert.deepEqual(ci('echo "make $*"; echo 3 passed, 0 failed', 'all'),
    { status: 0, lines: ['make test', '3 passed, 0 failed', 'make matrix', '3 passed, 0 failed', '6 passed, 0 failed'] });
  const { status, lines } = ci('echo "      | 7 passed, 7 failed"; echo 3 passed, 1 failed; [ $1 = matrix ]', 'all');
  assert.deepEqual([status, lines.at(-1)], [1, '6 passed, 2 failed']);
});

test('all: a target that breaks off before its count is a failure', () => {
  const { status, lines } = ci('[ $1 = test ] && echo 3 passed, 0 failed', 'all');
  assert.deepEqual([status, lines.at(-1)], [1, '3 passed, 1 failed']);
});
