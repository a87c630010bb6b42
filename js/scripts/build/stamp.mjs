// @ts-check
// Whether a build would change anything: the hashes of what went in and of what came out, kept beside the output.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PKG, VARIANT, WORK, at, filesUnder, sha256, toolchain } from './project.mjs';

const STAMP = join(WORK, 'stamp.json');
const FILES = ['Cargo.toml', 'Cargo.lock', 'js/package-lock.json', 'js/scripts/build.mjs', 'js/scripts/env.sh', 'js/scripts/wasm',
  'README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'pkg/package.json'];
const FOLDERS = ['src', 'js/scripts/build'];
const OF_THE_TOOLS = new Set(['node_modules', 'scripts', 'package.json', 'package-lock.json']);

/** One hash of everything that the package is made from. */
export function inputs() {
  const sources = readdirSync(at('js'), { withFileTypes: true }).filter(({ name }) => !OF_THE_TOOLS.has(name));
  const files = [
    ...FILES,
    ...sources.filter((entry) => entry.isFile()).map(({ name }) => `js/${name}`),
    ...[...FOLDERS, ...sources.filter((entry) => entry.isDirectory()).map(({ name }) => `js/${name}`)]
      .flatMap((folder) => filesUnder(at(folder)).map((file) => `${folder}/${file}`)),
  ].filter((file) => existsSync(at(file)));
  return sha256([
    `features ${process.env.IVS_WASM_FEATURES ?? ''}, ${VARIANT}, toolchain ${toolchain()}, node ${process.version}`,
    ...files.map((file) => `${file} ${sha256(readFileSync(at(file)))}`),
  ].join('\n'));
}

/** The outputs of the last build if they are all there, unchanged, and made from these inputs. @param {string} made */
export function lastBuild(made) {
  if (!existsSync(STAMP)) return undefined;
  const stamp = JSON.parse(readFileSync(STAMP, 'utf8'));
  const same = stamp.inputs === made && Object.entries(stamp.outputs).every(([file, hash]) => hash === hashOf(file));
  return same ? Object.keys(stamp.outputs) : undefined;
}

/** @param {string} made @param {string[]} files paths from pkg/ */
export function remember(made, files) {
  const outputs = Object.fromEntries(files.map((file) => [file, hashOf(file)]));
  mkdirSync(WORK, { recursive: true });
  writeFileSync(STAMP, JSON.stringify({ inputs: made, outputs }, null, 1));
}

/** @param {string} file */
const hashOf = (file) => (existsSync(join(PKG, file)) ? sha256(readFileSync(join(PKG, file))) : '');
