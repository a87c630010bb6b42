// @ts-check
// The set-up's own decisions, with programs of the system played.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    const script = `set -euo pipefail; for file in toolchain-debian oldest-rust; do . js/scripts/setup/$file.sh; done; IVS_WASM_ROOT=.; ${command}`;
    return execFileSync('bash', ['-c', script], { cwd: at(), env: { ...process.env, PATH: `${folder}:${process.env.PATH}` }, encoding: 'utf8' }).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} command @param {string} script of apt-cache */
const holds = (command, script) => outcome(`if ${command}; then echo yes; else echo no; fi`, { 'apt-cache': script });

test('a package that apt could install is found, however slowly its versions are told', () => {
  const policy = (/** @type {string} */ candidate) => `echo 'rustc-web:'; echo '  Candidate: ${candidate}'; sleep 0.1; seq 50000`;
  assert.equal(holds('apt_candidate rustc-web', policy('1.96.0+dfsg1')), 'yes');
  assert.equal(holds('apt_candidate rustc-web', policy('(none)')), 'no');
  assert.equal(holds('apt_candidate rustc-web', 'exit 1'), 'no');
  assert.equal(holds('apt_candidate rustc-web', ':'), 'no');
});

test('the oldest Rust: a package of just that version, of either line of compilers', () => {
  const version = readFileSync(at('Cargo.toml'), 'utf8').match(/^rust-version = "(.+)"$/m)?.[1];
  const madison = (/** @type {string} */ web, /** @type {string} */ usual) =>
    `case $2 in rustc-web) shown='${web}' ;; *) shown='${usual}' ;; esac; for one in $shown; do echo " $2 | $one | http://mirror bookworm/main amd64 Packages"; done`;
  const found = (/** @type {string} */ web, /** @type {string} */ usual) => outcome('oldest_compiler', { 'apt-cache': madison(web, usual) });
  assert.equal(found(`1.96.0+dfsg1 ${version}.1+dfsg3-1`, `${version}.0+dfsg1`), `rustc-web=${version}.1+dfsg3-1`);
  assert.equal(found('1.96.0+dfsg1', `1.63.0 ${version}.0+dfsg1`), `rustc=${version}.0+dfsg1`);
  assert.equal(found(`${version}0.0+dfsg1`, '1.63.0+dfsg1-2'), '');
  assert.equal(found('', ''), '');
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
