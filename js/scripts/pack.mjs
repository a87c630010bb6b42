// @ts-check
// Packs pkg/ into pkg/ivs-wasm-<version>.tgz and checks what is in it: node js/scripts/pack.mjs (after build.mjs).
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { SHARED, entryNames, isModuleOnly } from './build/entries.mjs';
import { PKG, at, crateVersion, main, manifest, run } from './build/project.mjs';
import { declarations } from './build/types.mjs';
import { integrity } from './release/hashes.mjs';

const LIMIT = 400_000;
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];

await main(async () => {
  const description = manifest();
  const tarball = join(PKG, `${description.name}-${description.version}.tgz`);
  rmSync(tarball, { force: true });
  // Up to npm 11 a list, from npm 12 on an object with the package's name for a key.
  const [packed] = Object.values(JSON.parse(await run('npm', ['pack', '--json', '--ignore-scripts', '--loglevel=error'], { cwd: PKG, quiet: true })));
  const files = packed.files.map((/** @type {{ path: string }} */ file) => file.path).sort();
  const problems = [...checkFiles(files), ...checkDescription(description, files)];
  const size = statSync(tarball).size;
  if (size > LIMIT) problems.push(`the tarball has ${size} bytes, more than ${LIMIT}`);
  for (const file of packed.files) console.log(`  ${String(file.size).padStart(8)}  ${file.path}`);
  console.log(`pack: pkg/${packed.filename}, ${size} bytes packed, ${packed.unpackedSize} unpacked, ${files.length} files`);
  console.log(`pack: ivs.wasm integrity ${integrity(readFileSync(join(PKG, 'ivs.wasm')))}`);
  if (problems.length) throw new Error(`the package is not right:\n  ${problems.join('\n  ')}`);
});

/** Nothing missing, nothing extra: what is packed follows from the sources. @param {string[]} files */
function checkFiles(files) {
  const entries = entryNames();
  const wanted = [
    'package.json', 'README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'ivs.wasm', 'wasm.js', 'wasm.cjs', 'v2.wasm', 'v2-wasm.js', 'v2-wasm.cjs',
    ...entries.map((name) => `${name}.js`),
    ...entries.filter((name) => !isModuleOnly(name)).map((name) => `${name}.cjs`),
    ...declarations().keys(),
  ];
  return [
    ...wanted.filter((file) => !files.includes(file)).map((file) => `missing: ${file}`),
    ...files.filter((file) => !wanted.includes(file) && !isShared(file, files)).map((file) => `extra: ${file}`),
    ...files.filter((file) => /\.c?js$/.test(file)).flatMap((file) => imported(file)
      .filter((path) => !files.includes(path)).map((path) => `missing: ${path}, which ${file} imports`)),
  ];
}

/** The files that a packed file imports or requires, at once or later. @param {string} file */
function imported(file) {
  const text = readFileSync(join(PKG, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?|\brequire\()"(\.[^"?]+)/g)].map(([, path]) => posix.join(posix.dirname(file), path));
}

/** Whether another packed file imports it. @param {string} name @param {string[]} files */
function isShared(name, files) {
  return SHARED.test(name) && files.some((file) => /\.c?js$/.test(file) && file !== name && readFileSync(join(PKG, file), 'utf8').includes(`/${name}"`));
}

/** @param {any} description @param {string[]} files */
function checkDescription(description, files) {
  const problems = [];
  if (description.version !== crateVersion()) problems.push(`version ${description.version}, but the crate has ${crateVersion()}`);
  for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies']) {
    if (Object.keys(description[key] ?? {}).length) problems.push(`package.json has ${key}`);
  }
  for (const key of LIFECYCLE) if (description.scripts?.[key]) problems.push(`package.json has the script ${key}`);
  problems.push(...checkExports(description.exports));
  for (const path of targets(description.exports)) {
    if (!files.includes(path.slice(2))) problems.push(`exports names ${path}, which is not packed`);
  }
  for (const key of ['main', 'module', 'types']) {
    if (!files.includes(description[key].slice(2))) problems.push(`${key} names ${description[key]}, which is not packed`);
  }
  for (const [file, from] of [['README.md', 'README.md'], ['LICENSE-MIT', 'LICENSE-MIT'], ['LICENSE-APACHE', 'LICENSE-APACHE']]) {
    if (existsSync(join(PKG, file)) && !readFileSync(join(PKG, file)).equals(readFileSync(at(from)))) problems.push(`${file} is stale`);
  }
  return problems;
}

/**
 * The map says what js/entry/ says: NAME.js is the subpath ./NAME (index: the package itself); NAME.workerd.js and NAME.edge.js
 * are its conditions.
 * @param {Record<string, unknown>} map
 */
function checkExports(map) {
  const names = entryNames();
  /** @type {Record<string, unknown>} */
  const wanted = { './ivs.wasm': './ivs.wasm', './package.json': './package.json' };
  for (const name of names.filter((one) => !isModuleOnly(one))) {
    const types = `./${name}.d.ts`;
    const variant = (/** @type {string} */ word) => (name === 'index' ? word : `${name}.${word}`);
    /** @type {Record<string, unknown>} */
    const conditions = {};
    for (const [condition, word] of [['workerd', 'workerd'], ['edge-light', 'edge']]) {
      if (names.includes(variant(word))) conditions[condition] = { types, default: `./${variant(word)}.js` };
    }
    conditions.import = { types, default: `./${name}.js` };
    conditions.require = { types: `./${name}.d.cts`, default: `./${name}.cjs` };
    wanted[name === 'index' ? '.' : `./${name}`] = conditions;
  }
  return [...new Set([...Object.keys(wanted), ...Object.keys(map)])]
    .filter((subpath) => JSON.stringify(map[subpath]) !== JSON.stringify(wanted[subpath]))
    .map((subpath) => `exports["${subpath}"] should be ${JSON.stringify(wanted[subpath]) ?? 'left out'}`);
}

/** All files that an exports map names. @param {any} map @returns {string[]} */
function targets(map) {
  return typeof map === 'string' ? [map] : Object.values(map).flatMap(targets);
}
