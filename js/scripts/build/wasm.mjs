// @ts-check
// The Rust core as WebAssembly: cargo, then wasm-bindgen (glue), then wasm-opt (size). Twice: for ivs-wasm, and for ivs-wasm/v2,
// whose module has the checks and the signature, but no calls of its own, and needs no glue (src/v2/exports.rs).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withReadsBehindCalls } from './calls.mjs';
import { readGlue } from './glue.mjs';
import { withoutLeftovers } from './leftovers.mjs';
import { keepExports, shorten } from './names.mjs';
import { ROOT, VARIANT, WORK, at, lockedVersion, run, toolchain } from './project.mjs';
import { dropShims } from './table.mjs';

const TARGET = 'wasm32-unknown-unknown';
/** wasm-bindgen's output: ivs_bg.js is what the entries import as `#glue`. */
export const GLUE = join(WORK, 'glue');
export const WASM = join(WORK, 'ivs.wasm');
export const WASM_V2 = join(WORK, 'v2.wasm');

// Named, never --all-features: with all of them binaryen writes encodings that no engine loads yet. These are in every
// engine that we support (simd128 is the youngest: Safari 16.4).
const FEATURES = [
  'bulk-memory', 'bulk-memory-opt', 'call-indirect-overlong', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int',
  'reference-types', 'sign-ext', 'simd',
];

/**
 * Compiles; gives the file that cargo wrote, put right (build/calls.mjs) and copied to where the next call of cargo does not reach it.
 * @param {'npm' | 'v2'} feature
 */
export async function compile(feature) {
  // Without the default feature, the typed Rust API, which would double the package. Both features bring what only the
  // final module may have, since std has its own in test builds: the allocator and the panic handler.
  const features = [feature, ...(process.env.IVS_WASM_FEATURES?.split(',') ?? [])].join(',');
  const own = VARIANT === 'release';
  const target = own ? ['-Zjson-target-spec', '--target', join(toolchain(), '../release/wasm32-multivalue.json')] : ['--target', TARGET];
  const args = ['build', '--release', '--lib', ...target, '--no-default-features', '--features', features];
  await run(at('js/scripts/wasm'), ['cargo', ...args], { env: { IVS_WASM_VARIANT: VARIANT } });
  mkdirSync(WORK, { recursive: true });
  const compiled = join(WORK, `compiled-${feature}.wasm`);
  const bytes = readFileSync(at(own ? 'target/wasm-release/wasm32-multivalue' : `target/wasm/${TARGET}`, 'release/ivs_wasm.wasm'));
  writeFileSync(compiled, own ? withReadsBehindCalls(bytes).wasm : bytes);
  return compiled;
}

/** Makes WASM and GLUE from cargo's output. @param {string} compiled */
export async function link(compiled) {
  await checkBindgen();
  rmSync(GLUE, { recursive: true, force: true });
  mkdirSync(GLUE, { recursive: true });
  // Sections are dropped here and by wasm-opt, not by cargo's `strip`, which would drop target_features before it is read.
  await run(at('js/scripts/wasm'), ['wasm-bindgen', compiled, '--target', 'bundler', '--no-typescript', '--out-dir', GLUE,
    '--out-name', 'ivs', '--remove-producers-section']);
  const operations = Object.keys(JSON.parse(readFileSync(at('src/model/ivs.json'), 'utf8')).operations);
  const glue = readGlue(readFileSync(join(GLUE, 'ivs_bg.js'), 'utf8'), operations);
  const used = new Set([...operations.map((name) => `ivs_${name}`), ...[...glue.text(glue.names).matchAll(/\bwasm\.(\w+)/g)].map(([, name]) => name)]);
  const bound = join(GLUE, 'ivs_bg.wasm');
  writeFileSync(bound, keepExports(dropShims(readFileSync(bound)), (name) => used.has(name)));
  const bytes = withoutLeftovers(await optimised(bound));
  const imported = new Set(WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(bytes))).map(({ name }) => name));
  const imports = glue.names.filter((name) => imported.delete(name));
  if (imported.size) throw new Error(`the glue has no ${[...imported].join(', ')}`);
  const short = shorten(bytes, glue.text(imports), { imports, operations });
  check(short.wasm);
  writeFileSync(WASM, short.wasm);
  writeFileSync(join(GLUE, 'ivs_bg.js'), short.glue);
}

/** Makes WASM_V2 from cargo's output. @param {string} compiled */
export async function linkV2(compiled) {
  const bytes = await optimised(compiled);
  check(bytes);
  const [imported] = WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(bytes)));
  if (imported) throw new Error(`the wasm of v2 imports ${imported.name}, and js/v2/wasm.js gives it nothing`);
  writeFileSync(WASM_V2, bytes);
}

/** @param {string} wasm */
async function optimised(wasm) {
  const out = join(WORK, 'optimised.wasm');
  await run(process.execPath, [at('js/node_modules/binaryen/bin/wasm-opt'), wasm, '-o', out, '-Oz', '--converge',
    // A function that is called from one place stays one if it is large: in merged ones every local takes two bytes to name.
    '--one-caller-inline-max-function-size=20',
    // What is at the bottom of the memory is the end of the stack, and nobody's data. An expression that is made twice is as cheap
    // as a local for it, and more alike.
    '--low-memory-unused', '--skip-pass=local-cse',
    ...FEATURES.map((name) => `--enable-${name}`), '--strip-debug', '--strip-producers', '--strip-target-features']);
  const bytes = readFileSync(out);
  rmSync(out);
  return bytes;
}

async function checkBindgen() {
  const wanted = lockedVersion('wasm-bindgen');
  const found = (await run(at('js/scripts/wasm'), ['wasm-bindgen', '--version'], { quiet: true })).trim().split(' ')[1];
  if (found !== wanted) {
    throw new Error(`wasm-bindgen ${found} in PATH, ${wanted} in Cargo.lock: run \`js/scripts/setup.sh bindgen\``);
  }
}

/** What must hold for any build. @param {Buffer} bytes */
function check(bytes) {
  if (!WebAssembly.validate(new Uint8Array(bytes))) throw new Error(`Node ${process.version} refuses the wasm: a feature it does not know?`);
  const text = bytes.toString('latin1');
  for (const place of [ROOT, homedir(), '/registry/src', 'crates.io', '/rustlib/', '/usr/src/']) {
    const at = place.length > 1 ? text.indexOf(place) : -1;
    if (at >= 0) throw new Error(`a path of this machine is inside the wasm: …${text.slice(at, at + 100)}…`);
  }
}
