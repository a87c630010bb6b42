// @ts-check
// The npm build, once as it is and once from a tree without the typed API: the same wasm, byte for byte.
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/project.mjs';
import { run, scratchFolder } from '../harness/scratch.mjs';

const TARGET = 'wasm32-unknown-unknown';
const tree = scratchFolder('unaffected');
for (const name of ['Cargo.toml', 'Cargo.lock', 'src', 'examples', 'js/scripts']) cpSync(join(ROOT, name), join(tree, name), { recursive: true });
// What the Rust names of JavaScript. The installed tools under js/ stay where they are.
cpSync(join(ROOT, 'js'), join(tree, 'js'), { recursive: true, filter: (from) => from === join(ROOT, 'js') || /js\/[^/]+\.js$/.test(from) });

/** @returns {Promise<Buffer>} */
async function build() {
  const args = ['build', '--release', '--offline', '--quiet', '--lib', '--target', TARGET, '--no-default-features', '--features', 'npm'];
  await run(join(tree, 'js/scripts/wasm'), ['cargo', ...args], { cwd: tree, timeout: 1_200_000 });
  return readFileSync(join(tree, 'target/wasm', TARGET, 'release/ivs_wasm.wasm'));
}

/** @param {string} file @param {(RegExp | string)[][]} changes what is replaced by what; each must be there */
function change(file, changes) {
  let text = readFileSync(join(tree, file), 'utf8');
  for (const [from, to] of changes) {
    const changed = text.replace(from, /** @type {string} */ (to));
    if (changed === text) throw new Error(`${file}: nothing like ${from} in it`);
    text = changed;
  }
  writeFileSync(join(tree, file), text);
}

const as = await build();
rmSync(join(tree, 'src/typed'), { recursive: true });
rmSync(join(tree, 'examples'), { recursive: true });
change('src/lib.rs', [
  [/#\[cfg\(feature = "typed"\)\]\npub mod typed;\n/, ''],
  [/any\(feature = "npm", not\(feature = "typed"\)\), /, ''],
]);
change('Cargo.toml', [
  [/^default = .*\n/m, ''], [/^typed = \[[^]*?^\]\n/m, ''],
  [/^wasm-bindgen-futures = .*optional.*\n/m, ''], [/^serde = .*\n/m, ''], [/^serde_json = .*optional.*\n/m, ''], [/^serde-wasm-bindgen = .*\n/m, ''],
  [/(?:^# .*\n)?^\[\[example\]\]\n(?:.+\n)+\n?/gm, ''],
]);
const without = await build();

const hash = (/** @type {Buffer} */ bytes) => createHash('sha256').update(bytes).digest('hex');
console.log(`  with the typed API in the tree:    ${as.length} bytes, sha256 ${hash(as)}`);
console.log(`  without the typed API in the tree: ${without.length} bytes, sha256 ${hash(without)}`);
const same = as.equals(without);
console.log(same ? '1 passed, 0 failed' : '0 passed, 1 failed');
process.exit(same ? 0 : 1);
