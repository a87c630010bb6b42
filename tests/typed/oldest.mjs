// @ts-check
// The oldest Rust that Cargo.toml promises compiles the crate and passes its tests: on the host, and for WebAssembly with every set of
// features. Of dependencies that ask for a newer one it takes the versions that cargo chooses for it, as a program's author would.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT } from '../harness/project.mjs';
import { run, scratchFolder } from '../harness/scratch.mjs';

const PROMISED = /^rust-version = "(.+)"$/m.exec(readFileSync(join(ROOT, 'Cargo.toml'), 'utf8'))?.[1];
const bin = join(CACHE, `rust-${PROMISED}/bin`);
const env = {
  ...process.env,
  RUSTC: join(bin, 'rustc'),
  RUSTDOC: join(bin, 'rustdoc'),
  CARGO_TARGET_DIR: join(ROOT, 'target/oldest'),
  // A few inputs of the fuzzer are enough to see that it runs; the suite `fuzz` has a million.
  FUZZ_INPUTS: '2000',
};
// The user's flags and wrappers are for another compiler.
for (const name of ['RUSTFLAGS', 'CARGO_ENCODED_RUSTFLAGS', 'RUSTC_WRAPPER', 'RUSTC_WORKSPACE_WRAPPER']) delete env[name];

const folder = scratchFolder('oldest');
for (const part of ['Cargo.toml', 'Cargo.lock', 'src', 'js', 'examples', 'tests', 'docs', 'README.md']) {
  cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter: (from) => !/[\\/]node_modules$/.test(from) });
}

let passed = 0;
let failed = 0;

/** @param {string} name @param {() => Promise<boolean>} holds */
async function check(name, holds) {
  let why = '';
  try {
    if (!await holds()) why = 'it does not';
  } catch (cause) {
    why = String(cause);
  }
  why ? failed++ : passed++;
  console.log(`  ${why ? 'FAIL' : 'ok  '}  ${name}${why && `\n${why}`}`);
}

/** @param {Record<string, string>} more @param {string[]} args */
const cargo = async (more, ...args) => (await run('cargo', args, { cwd: folder, env: { ...env, ...more }, timeout: 900_000 })).stdout;

/** The versions that the lock file of the copy holds. @returns {Promise<any[]>} */
const packages = async () => JSON.parse(await cargo({}, 'metadata', '--locked', '--format-version', '1')).packages;
const minor = (/** @type {string | null} */ version) => Number(version?.split('.')[1] ?? 0);
const younger = async () => (await packages()).filter(({ rust_version: asks }) => minor(asks) > minor(PROMISED ?? null));

await check(`the compiler is Rust ${PROMISED}`, async () => (await run(env.RUSTC, ['--version'])).stdout.startsWith(`rustc ${PROMISED}.`));
await check('cargo finds a version of every dependency that it compiles', async () => {
  const names = (await younger()).map(({ name }) => name);
  if (names.length > 0) await cargo({ CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS: 'fallback' }, 'update', ...names);
  return (await younger()).length === 0;
});
await check('it compiles the library with all features', async () => (await cargo({}, 'check', '--locked', '--lib', '--all-features')) !== undefined);
await check('the tests on the host pass', async () => {
  const results = (await cargo({}, 'test', '--locked')).match(/^test result: ok\. \d+ passed; 0 failed/gm) ?? [];
  return results.length > 10;
});

// No std for wasm32 comes with it: cargo compiles one out of the library's sources, which this flag of a nightly is needed for.
const wasm = { RUSTC_BOOTSTRAP: '1', CARGO_PROFILE_DEV_DEBUG: '0' };
for (const [name, features] of /** @type {[string, string[]][]} */ ([
  ['the typed API', []], ['the edge of the npm package', ['--no-default-features', '--features', 'npm']],
  ['the edge of ivs-wasm/v2', ['--no-default-features', '--features', 'v2']],
])) {
  await check(`it compiles ${name} for WebAssembly`, async () =>
    (await cargo(wasm, 'check', '--locked', '--lib', ...features, '-Zbuild-std=std,panic_abort', '--target', 'wasm32-unknown-unknown')) !== undefined);
}

console.log(`${passed} passed, ${failed} failed`);
