// @ts-check
// Builds the npm package into pkg/: node js/scripts/build.mjs [--force]. Does nothing when nothing has changed.
// IVS_WASM_STABLE=1 builds with the flags of stable Rust only (build/project.mjs tells the difference).
//   1. the Rust core → target/npm/ivs.wasm and its glue, and v2.wasm for ivs-wasm/v2 (build/wasm.mjs)
//   2. js/entry/* → pkg/*.js, *.cjs; each wasm as a lazily loaded chunk (build/entries.mjs, where the contract is told)
//   3. declarations, README, licences (build/types.mjs)
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wasmChunk } from './build/chunk.mjs';
import { buildEntries } from './build/entries.mjs';
import { PKG, VARIANT, WORK, at, crateVersion, filesUnder, main, manifest, sha256 } from './build/project.mjs';
import { sizeTable } from './build/sizes.mjs';
import { inputs, lastBuild, remember } from './build/stamp.mjs';
import { buildTypes } from './build/types.mjs';
import { GLUE, WASM, WASM_V2, compile, link, linkV2 } from './build/wasm.mjs';

/** Tracked in pkg/; everything else there is build output. */
const TRACKED = new Set(['package.json']);
const COPIED = ['README.md', 'LICENSE-MIT', 'LICENSE-APACHE'];

await main(async () => {
  const start = performance.now();
  const made = inputs();
  const before = process.argv.includes('--force') ? undefined : lastBuild(made);
  if (before) return console.log(`build: up to date (${before.length} files in pkg/)`);
  if (manifest().version !== crateVersion()) {
    throw new Error(`pkg/package.json is version ${manifest().version}, Cargo.toml ${crateVersion()}`);
  }

  await step(`Rust core → wasm, ${VARIANT}`, buildWasm);
  const files = await step('entries', async () => {
    clean();
    copyFileSync(WASM, join(PKG, 'ivs.wasm'));
    copyFileSync(WASM_V2, join(PKG, 'v2.wasm'));
    return ['ivs.wasm', 'v2.wasm', ...(await buildEntries({ wasm: await chunk(WASM), 'v2-wasm': await chunk(WASM_V2) }))];
  });
  const types = await step('declarations', async () => buildTypes());
  for (const file of COPIED) copyFileSync(at(file), join(PKG, file));
  remember(made, [...files, ...types, ...COPIED]);

  console.log(sizeTable(files.map((file) => [file, readFileSync(join(PKG, file))])));
  console.log(`build: ivs.wasm sha256 ${sha256(readFileSync(WASM))}`);
  console.log(`build: done in ${Math.round(performance.now() - start)} ms`);
});

async function buildWasm() {
  await linked('npm', link, [WASM, join(GLUE, 'ivs_bg.js')]);
  await linked('v2', linkV2, [WASM_V2]);
}

/**
 * wasm-bindgen and wasm-opt run only when cargo's output, or one of these scripts, has changed.
 * @param {'npm' | 'v2'} feature
 * @param {(compiled: string) => Promise<void>} make
 * @param {string[]} files what it makes
 */
async function linked(feature, make, files) {
  const compiled = await compile(feature);
  const scripts = ['wasm.mjs', 'glue.mjs', 'instructions.mjs', 'leb.mjs', 'leftovers.mjs', 'names.mjs', 'runtime.js', 'table.mjs'].map((name) => at('js/scripts/build', name));
  const key = sha256([compiled, ...scripts, at('js/package-lock.json')].map((file) => sha256(readFileSync(file))).join(' '));
  const stamp = join(WORK, `${feature}.stamp`);
  const outputs = () => sha256(files.map((file) => sha256(readFileSync(file))).join(' '));
  try {
    if (readFileSync(stamp, 'utf8') === `${key} ${outputs()}`) return;
  } catch { /* never made, or cleaned */ }
  await make(compiled);
  writeFileSync(stamp, `${key} ${outputs()}`);
}

/** The source of the chunk for a wasm, as a file. @param {string} wasm */
async function chunk(wasm) {
  const file = `${wasm}.mjs`;
  writeFileSync(file, await wasmChunk(readFileSync(wasm)));
  return file;
}

/** Removes what an earlier build left, so that no file of a removed entry gets packed. */
function clean() {
  mkdirSync(PKG, { recursive: true });
  if (PKG !== at('pkg')) for (const file of TRACKED) copyFileSync(at('pkg', file), join(PKG, file));
  for (const file of filesUnder(PKG)) if (!TRACKED.has(file)) rmSync(join(PKG, file));
}

/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} body
 */
async function step(name, body) {
  const start = performance.now();
  console.log(`build: ${name} …`);
  const result = await body();
  console.log(`build: ${name} in ${Math.round(performance.now() - start)} ms`);
  return result;
}
