// @ts-check
// The crate as others get it: packaged whole and built from the package, without a network; its dependencies, their
// licences and the compilers that they need; and no trace of the typed API in the npm build.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/project.mjs';
import { run, scratchFolder } from '../harness/scratch.mjs';

const TARGET = 'wasm32-unknown-unknown';
const ALLOWED = new Set(['MIT', 'Apache-2.0', 'Unicode-3.0', 'Zlib', 'BSD-3-Clause', 'Unlicense']);

let passed = 0;
let failed = 0;

/** @param {string} name @param {boolean} holds @param {unknown} [shown] */
function check(name, holds, shown) {
  holds ? passed++ : failed++;
  console.log(`  ${holds ? 'ok  ' : 'FAIL'}  ${name}${holds ? '' : `\n${typeof shown === 'string' ? shown : JSON.stringify(shown)}`}`);
}

/** @param {string[]} args */
const cargo = async (...args) => (await run('cargo', args, { cwd: ROOT, timeout: 600_000 })).stdout;

// What users of the npm package download: nothing of serde.
/** @param {string[]} features */
const dependencies = async (...features) => {
  const tree = await cargo('tree', '--locked', '--offline', '--target', TARGET, '--edges', 'normal', '--prefix', 'none', '--format', '{p}', ...features);
  return [...new Set(tree.split('\n').filter(Boolean).map((line) => line.split(' ')[0]))];
};
const npm = await dependencies('--no-default-features', '--features', 'npm');
check('the npm build has no dependency of the typed API', !npm.some((name) => name.startsWith('serde')), npm);
const typed = await dependencies();
check('the default features have, and no allocator of their own', ['serde', 'serde_json', 'serde-wasm-bindgen'].every((name) => typed.includes(name)) && !typed.includes('lol_alloc'), typed);

// Licences, and the oldest compiler that every dependency admits.
const metadata = JSON.parse(await cargo('metadata', '--locked', '--offline', '--format-version', '1', '--filter-platform', TARGET));
const own = metadata.packages.find((/** @type {any} */ { name }) => name === 'ivs-wasm');
const used = metadata.packages.filter((/** @type {any} */ { name }) => typed.includes(name) || npm.includes(name));
const unfree = used.filter((/** @type {any} */ { license }) => !(license ?? '').split(/ OR |\//).some((/** @type {string} */ one) =>
  one.replace(/[()]/g, '').split(' AND ').every((part) => ALLOWED.has(part.trim()))));
check('every dependency is free under a licence that asks for no more than ours', unfree.length === 0, unfree.map((/** @type {any} */ { name, license }) => [name, license]));
const number = (/** @type {string} */ version) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0) * (version.split('.').length === 2 ? 1000 : 1);
// Of these cargo chooses an older version where the compiler is older: the suite oldest-rust does, and compiles them.
const CHOSEN = ['sha2', 'ctutils'];
const newer = used.filter((/** @type {any} */ { name, rust_version: needed }) => needed && number(needed) > number(own.rust_version) && !CHOSEN.includes(name));
check(`no other dependency needs a newer compiler than Rust ${own.rust_version}`, newer.length === 0, newer.map((/** @type {any} */ { name, rust_version }) => [name, rust_version]));

// The package: complete, and what it holds builds by itself.
const folder = scratchFolder('package');
await cargo('package', '--locked', '--offline', '--allow-dirty', '--quiet', '--target-dir', folder);
const files = (await cargo('package', '--locked', '--offline', '--allow-dirty', '--list')).trim().split('\n');
const needed = new Set(['Cargo.toml', 'Cargo.lock', 'README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'CHANGELOG.md', 'docs/rust.md', 'src/lib.rs', 'src/typed/mod.rs', 'src/model/ivs.json']);
for (const file of files.filter((name) => name.endsWith('.rs'))) {
  for (const [, snippet] of readFileSync(join(ROOT, file), 'utf8').matchAll(/module = "\/([^"]+)"/g)) needed.add(snippet);
}
const missing = [...needed].filter((name) => !files.includes(name));
check('the package has all it needs, the JavaScript that the Rust names among it', missing.length === 0, missing);
const extra = files.filter((name) => !/^(src\/.*\.(rs|json)|js\/[^/]+\.js|examples\/.*\.rs|docs\/rust\.md|LICENSE-\w+|README\.md|CHANGELOG\.md|Cargo\.(toml|lock|toml\.orig)|\.cargo_vcs_info\.json)$/.test(name));
check('and nothing else', extra.length === 0, extra);
check('it builds from the package alone', true);

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
