// @ts-check
// The set-up's own decisions, with programs of the system played.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { at } from '../build/project.mjs';

/**
 * What a command of the set-up's scripts comes to, as setup.sh runs it.
 * @param {string} command
 * @param {Record<string, string>} programs shell scripts by name, found before those of the system
 */
function outcome(command, programs) {
  const folder = mkdtempSync(join(tmpdir(), 'ivs-wasm-setup-'));
  try {
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    const script = `set -euo pipefail; . js/scripts/setup/toolchain-debian.sh; if ${command}; then echo yes; else echo no; fi`;
    return execFileSync('bash', ['-c', script], { cwd: at(), env: { ...process.env, PATH: `${folder}:${process.env.PATH}` }, encoding: 'utf8' }).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a package that apt could install is found, however slowly its versions are told', () => {
  const policy = (/** @type {string} */ candidate) => `echo 'rustc-web:'; echo '  Candidate: ${candidate}'; sleep 0.1; seq 50000`;
  assert.equal(outcome('apt_candidate rustc-web', { 'apt-cache': policy('1.96.0+dfsg1') }), 'yes');
  assert.equal(outcome('apt_candidate rustc-web', { 'apt-cache': policy('(none)') }), 'no');
  assert.equal(outcome('apt_candidate rustc-web', { 'apt-cache': 'exit 1' }), 'no');
  assert.equal(outcome('apt_candidate rustc-web', { 'apt-cache': ':' }), 'no');
});

test('the lock of a set-up that is gone is removed, whether it could say who it was or not', () => {
  for (const owner of ['', '2147483646']) {
    const cache = mkdtempSync(join(tmpdir(), 'ivs-wasm-lock-'));
    try {
      const leave = `mkdir ${cache}/lock; ${owner ? `echo ${owner} > ${cache}/lock/pid` : ':'}`;
      // `sleep` takes no time here.
      const script = `set -euo pipefail; IVS_WASM_CACHE=${cache}; sleep() { :; }; . js/scripts/setup/common.sh; ${leave}; take_lock; cat ${cache}/lock/pid; echo $$`;
      const [mine, own] = execFileSync('bash', ['-c', script], { cwd: at(), encoding: 'utf8', timeout: 20_000, stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n');
      assert.equal(mine, own);
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  }
});
