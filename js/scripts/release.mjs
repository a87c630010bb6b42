// @ts-check
// Puts what a release publishes into target/dist (after pack.mjs): node js/scripts/release.mjs [--allow-dirty]
//   ivs-wasm-<version>.tgz, ivs-wasm-<version>.crate    what npm and the crates' registry get
//   ivs-wasm-<version>.npm.cdx.json, ….crate.cdx.json   their bills of materials (release/sbom.mjs)
//   ivs.wasm, ivs.wasm.sri                              the bare file, and the hash that holds a page's download to it
//   SHA256SUMS, SHA512SUMS                              of all of these
//   NOTES.md                                            the changelog's section of this version
// It asks no server for anything. With --check v1.2.3 it only says whether this may be published under that tag.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PKG, at, crateVersion, main, manifest, run } from './build/project.mjs';
import { checksums, integrity } from './release/hashes.mjs';
import { changes, objections } from './release/ready.mjs';
import { sbom } from './release/sbom.mjs';

/** IVS_WASM_DIST names another folder. */
const DIST = process.env.IVS_WASM_DIST ?? at('target/dist');

await main(async () => {
  const args = process.argv.slice(2);
  if (args[0] === '--check') return checkTag(args[1] ?? '');
  const name = `${manifest().name}-${crateVersion()}`;
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  copyFileSync(join(PKG, `${name}.tgz`), join(DIST, `${name}.tgz`));
  copyFileSync(join(PKG, 'ivs.wasm'), join(DIST, 'ivs.wasm'));
  await packCrate(name, args.includes('--allow-dirty'));
  const read = (/** @type {string} */ file) => readFileSync(join(DIST, file));
  const write = (/** @type {string} */ file, /** @type {string} */ text) => writeFileSync(join(DIST, file), text);
  const json = (/** @type {unknown} */ value) => `${JSON.stringify(value, null, 2)}\n`;

  write(`${name}.npm.cdx.json`, json(await sbom({ kind: 'npm', feature: 'npm', data: read(`${name}.tgz`) })));
  write(`${name}.crate.cdx.json`, json(await sbom({ kind: 'cargo', feature: 'typed', data: read(`${name}.crate`) })));
  const hash = integrity(read('ivs.wasm'));
  write('ivs.wasm.sri', `${hash}\n`);
  const files = readdirSync(DIST).sort();
  for (const algorithm of /** @type {const} */ (['sha256', 'sha512'])) {
    write(`${algorithm.toUpperCase()}SUMS`, checksums(algorithm, files.map((file) => [file, read(file)])));
  }
  write('NOTES.md', `${changes(crateVersion())?.body ?? ''}\n\nThe integrity of \`ivs.wasm\`: \`${hash}\`\n`);
  for (const file of readdirSync(DIST).sort()) console.log(`  ${String(read(file).length).padStart(8)}  ${file}`);
  console.log(`release: ivs.wasm integrity ${hash}`);
});

/** @param {string} tag */
function checkTag(tag) {
  const against = objections(tag);
  if (against.length) throw new Error(`${tag} must not be published:\n  ${against.join('\n  ')}`);
  console.log(`release: ${tag} may be published`);
}

/** The crate as cargo would publish it; that it builds from this alone is a test of its own. @param {string} name @param {boolean} dirty */
async function packCrate(name, dirty) {
  const target = at('target/dist-crate');
  const args = ['package', '--locked', '--offline', '--no-verify', '--quiet', '--target-dir', target, ...(dirty ? ['--allow-dirty'] : [])];
  await run('cargo', args, { quiet: true });
  copyFileSync(join(target, 'package', `${name}.crate`), join(DIST, `${name}.crate`));
}
