// @ts-check
// The bill of materials (CycloneDX 1.6, JSON) of what is published: which crates are in it, in which versions, under which licences.
// npm can write one, too, but the npm package has no dependencies: all that it is made of is crates, which npm does not know.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, lockedVersion, toolchain } from '../build/project.mjs';
import { cratesOf } from './crates.mjs';

/**
 * The same for the same sources: no serial number, and a time only if SOURCE_DATE_EPOCH gives one.
 * @param {{ kind: 'npm' | 'cargo', feature: string, data: Uint8Array }} what the published file, and the feature that it is built with
 */
export async function sbom({ kind, feature, data }) {
  const [own, ...crates] = await cratesOf(feature);
  const ref = `pkg:${kind}/${own.name}@${own.version}`;
  const refOf = (/** @type {string} */ id) => `pkg:cargo/${id}`;
  const std = standardLibrary();
  const main = {
    type: 'library', 'bom-ref': ref, name: own.name, version: own.version, purl: ref, licenses: [{ expression: own.license }],
    hashes: [hash('SHA-256', createHash('sha256').update(data).digest('hex')), hash('SHA-512', createHash('sha512').update(data).digest('hex'))],
  };
  const components = crates.map(({ id, name, version, license, macro, checksum }) => ({
    type: 'library', 'bom-ref': refOf(id), name, version, purl: refOf(id),
    // Macros write code while ours is compiled; nothing of their own gets into the wasm.
    scope: macro ? 'excluded' : 'required',
    licenses: [{ expression: license.replace(/\//g, ' OR ') }], hashes: [hash('SHA-256', checksum)],
  }));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6', version: 1,
    metadata: { ...time(), lifecycles: [{ phase: 'build' }], tools: { components: tools() }, component: main },
    components: [...components, std],
    dependencies: [
      { ref, dependsOn: [...own.needs].map(refOf).concat(std['bom-ref']).sort() },
      ...crates.map(({ id, needs }) => ({ ref: refOf(id), dependsOn: [...needs].map(refOf).sort() })),
      { ref: std['bom-ref'], dependsOn: [] },
    ],
  };
}

/** @param {string} alg @param {string} content */
const hash = (alg, content) => ({ alg, content });

function time() {
  const seconds = process.env.SOURCE_DATE_EPOCH;
  return seconds ? { timestamp: new Date(Number(seconds) * 1000).toISOString() } : {};
}

/** The version of the compiler that makes the wasm. */
const compiler = () => execFileSync(join(toolchain(), 'rustc'), ['-V'], { encoding: 'utf8' }).split(' ')[1];

/** Of Rust's own libraries only core and alloc are linked. They come with the compiler, not from a registry. */
function standardLibrary() {
  const version = compiler();
  const ref = `pkg:generic/rust-std@${version}`;
  return { type: 'library', 'bom-ref': ref, name: 'rust-std', version, purl: ref, scope: 'required', licenses: [{ expression: 'MIT OR Apache-2.0' }] };
}

/** What turns the sources into the package, at the versions that the lock files hold. */
function tools() {
  const { packages } = JSON.parse(readFileSync(at('js/package-lock.json'), 'utf8'));
  const npm = ['@gfx/zopfli', 'binaryen', 'esbuild'].map((name) => [name, packages[`node_modules/${name}`].version]);
  return [['rustc', compiler()], ['wasm-bindgen', lockedVersion('wasm-bindgen')], ...npm].map(([name, version]) => ({ type: 'application', name, version }));
}
