// @ts-check
// The oldest Rust that Cargo.toml promises compiles the crate in `make matrix` (suite oldest-rust). On every change clippy's lint
// incompatible_msrv, an error in the suites clippy and clippy-wasm, refuses what std got later. Here: that it is awake, that nothing
// in our sources puts it to sleep, and that the sources use no syntax that is younger.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { at, filesUnder } from '../build/project.mjs';

const PROMISED = /^rust-version = "(.+)"$/m.exec(readFileSync(at('Cargo.toml'), 'utf8'))?.[1] ?? '';

/** What came later, by what it looks like. Syntax is rustc's business, which has no lint for it. */
const YOUNGER = {
  'an if let guard (1.95)': /^[^/]*\bif let [^{;]*=>/m,
  'cfg_select! (1.95)': /\bcfg_select!/,
  'an inferred const argument (1.89)': /\[\w+; _\]/,
};

/** What clippy says about a crate of one file. @param {string} version its rust-version @param {string} source */
function clippy(version, source) {
  const folder = mkdtempSync(join(tmpdir(), 'msrv-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'Cargo.toml'), `[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2021"\nrust-version = "${version}"\n[workspace]\n`);
  writeFileSync(join(folder, 'src/lib.rs'), source);
  const env = { ...process.env, CARGO_TARGET_DIR: join(folder, 'target') };
  const { status, stderr } = spawnSync('cargo', ['clippy', '--quiet', '--offline', '--', '-D', 'warnings'], { cwd: folder, encoding: 'utf8', env });
  rmSync(folder, { recursive: true });
  return { status, stderr };
}

test(`clippy refuses what is younger than Rust ${PROMISED}`, () => {
  // split_at_checked: 1.80; ceil_char_boundary: 1.91.
  const source = 'pub fn f(text: &str, n: usize) -> bool { text.split_at_checked(text.ceil_char_boundary(n)).is_some() }\n';
  assert.match(PROMISED, /^1\.\d+$/);
  assert.ok(Number(PROMISED.split('.')[1]) < 91, 'the probe has to be younger than what is promised');
  const refused = clippy(PROMISED, source);
  assert.notEqual(refused.status, 0);
  assert.match(refused.stderr, /is stable since `1\.91\.0`/);
  assert.equal(refused.stderr.match(/is stable since/g)?.length, 1, 'and nothing that is old enough');
  assert.equal(clippy('1.91', source).status, 0);
});

test('nothing switches the lint off, and no syntax is younger', () => {
  const files = ['src', 'examples'].flatMap((folder) => filesUnder(at(folder)).filter((file) => file.endsWith('.rs')).map((file) => `${folder}/${file}`));
  assert.ok(files.length > 40);
  assert.doesNotMatch(readFileSync(at('Cargo.toml'), 'utf8'), /incompatible_msrv|edition = "2024"/);
  for (const file of files) {
    const text = readFileSync(at(file), 'utf8');
    assert.doesNotMatch(text, /incompatible_msrv|clippy::suspicious\b|clippy::all\b/, file);
    for (const [what, looks] of Object.entries(YOUNGER)) assert.doesNotMatch(text, looks, `${file}: ${what}`);
  }
});
