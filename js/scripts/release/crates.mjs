// @ts-check
// The crates that a build for wasm needs, as cargo and Cargo.lock name them: for the bill of materials and docs/supply-chain.md.
import { readFileSync } from 'node:fs';
import { at, run } from '../build/project.mjs';

/**
 * macro: runs at compile time only, nothing of it is in the wasm; checksum: SHA-256 of what the registry gave; needs: ids
 * (name@version) of others.
 * @typedef {{ id: string, name: string, version: string, license: string, macro: boolean, checksum: string, needs: Set<string> }} Crate
 */

/** The crates of a build with this feature, ours first. @param {string} feature @returns {Promise<[own: Crate, ...others: Crate[]]>} */
export async function cratesOf(feature) {
  const args = ['tree', '--locked', '--edges', 'normal', '--target', 'wasm32-unknown-unknown', '--no-default-features', '--features', feature];
  const text = await run('cargo', [...args, '--no-dedupe', '--prefix', 'depth', '--format', ' {p} | {l}'], { quiet: true });
  const checksums = lockedChecksums();
  /** @type {Map<string, Crate>} */
  const found = new Map();
  /** @type {Crate[]} */
  const path = [];
  let inside = Infinity; // the depth at which a macro's own dependencies begin
  for (const line of text.trim().split('\n')) {
    const [, digits, name, version, license] = /^(\d+) (\S+) v(\S+).* \| (.+)$/.exec(line) ?? unreadable(line);
    const depth = Number(digits);
    if (depth <= inside) inside = line.includes('(proc-macro)') ? depth : Infinity;
    const id = `${name}@${version}`;
    const crate = found.get(id) ?? { id, name, version, license, macro: true, checksum: checksums.get(id) ?? '', needs: new Set() };
    crate.macro &&= inside !== Infinity;
    found.set(id, crate);
    path[depth - 1]?.needs.add(id);
    path[depth] = crate;
  }
  const [own, ...others] = found.values();
  return [own, ...others.sort((one, other) => one.name.localeCompare(other.name))];
}

/** @param {string} line @returns {never} */
function unreadable(line) {
  throw new Error(`cargo tree: not understood: ${line}`);
}

/** SHA-256 of each crate of Cargo.lock, by id. */
function lockedChecksums() {
  const lock = readFileSync(at('Cargo.lock'), 'utf8');
  const found = lock.matchAll(/^name = "(.+)"\nversion = "(.+)"\nsource = .*\nchecksum = "([0-9a-f]{64})"/gm);
  return new Map([...found].map(([, name, version, checksum]) => [`${name}@${version}`, checksum]));
}
