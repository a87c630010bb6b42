// @ts-check
// The release build is compiled by means that are not stable yet, and mended (js/scripts/build/calls.mjs). Here it makes the same calls as the
// build of stable Rust, and everything that comes out must be the same: requests to the last byte of the signature, results, errors with
// their texts, pauses. SEED, COUNT (calls of the default entry: 4000; a tenth as many of ivs-wasm/v2).
import { isDeepStrictEqual } from 'node:util';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { checks } from '../harness/checks.mjs';
import { at, sha256 } from '../../js/scripts/build/project.mjs';
import { random } from '../parity/random.mjs';
import { play as playV2 } from '../parity/play.mjs';
import { scenario as scenarioV2 } from '../parity/scenario.mjs';
import { play, server, shown } from './play.mjs';
import { scenario } from './scenario.mjs';

const seed = process.env.SEED === 'random' ? Date.now() % 1e9 : Number(process.env.SEED ?? 20260102);
const count = Number(process.env.COUNT ?? 4000);
const AT_ONCE = 64;
const FOLDERS = ['pkg', 'target/npm-stable/pkg'];
console.log(`variants: SEED=${seed} COUNT=${count}`);

for (const name of Object.keys(process.env)) if (/^(AWS|AMAZON)_/.test(name)) delete process.env[name];
Date.now = () => 1_767_323_045_000;
Math.random = () => 0.4375;
console.warn = () => {};

const load = (/** @type {string} */ folder, /** @type {string} */ file) => import(pathToFileURL(at(folder, file)).href);

/** @param {number} total @param {(i: number, which: number) => Promise<any>} one */
async function compared(total, one) {
  let next = 0, different = 0;
  const kinds = new Map();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let i; (i = next++) < total;) {
      const [release, stable] = [await one(i, 0), await one(i, 1)];
      for (const kind of release.kinds ?? []) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (isDeepStrictEqual(release, stable)) continue;
      if (++different <= 5) console.log(`scenario ${i}:\n  release ${JSON.stringify(release)?.slice(0, 3000)}\n  stable  ${JSON.stringify(stable)?.slice(0, 3000)}`);
    }
  }));
  if (different) throw new Error(`${different} of ${total} differ`);
  return kinds;
}

const { check, finish } = checks('The release build and the stable one');

for (const file of ['ivs.wasm', 'v2.wasm']) {
  const [release, stable] = FOLDERS.map((folder) => sha256(readFileSync(at(folder, file))));
  // Where the set-up could not make a std for the release build there is one build only.
  if (release === stable) console.log(`  ${file} is the same in both: there is nothing to compare`);
}

await check(`${count} calls of the default entry`, async () => {
  const both = await Promise.all(FOLDERS.map((folder) => load(folder, 'index.js')));
  const kinds = await compared(count, (i, which) => play(both[which].IVS, scenario(seed + i)));
  // What is compared must be what the library does, and not a refusal again and again.
  console.log(`        ${[...kinds].sort(([, a], [, b]) => b - a).map(([kind, times]) => `${kind} ${times}`).join(', ')}`);
  for (const kind of ['ok', 'signed', 'UnexpectedParameter', 'MultipleValidationErrors', 'ResourceNotFoundException', 'NetworkingError']) {
    if (count > 1000 && !kinds.has(kind)) throw new Error(`no call ended with ${kind}`);
  }
});

await check(`${Math.ceil(count / 10)} calls of ivs-wasm/v2`, async () => {
  const both = await Promise.all(FOLDERS.map((folder) => load(folder, 'v2.js')));
  const routes = new Map();
  globalThis.fetch = /** @type {any} */ (async (/** @type {any} */ url, /** @type {any} */ init) => routes.get(new URL(url.url ?? url).hostname)(url, init));
  const within = (/** @type {Promise<any>} */ promise) => Promise.race([promise.then(() => false), new Promise((resolve) => setTimeout(resolve, 8000, true).unref())]);
  await compared(Math.ceil(count / 10), async (i, which) => {
    const scene = scenarioV2(random(seed * 31 + i));
    const { sent, fetch } = server(scene.replies);
    routes.set(`s${i}.example.com`, fetch);
    const got = await playV2(both[which].default, scene, `http://s${i}.example.com`, within).catch((error) => ({ thrown: shown(error) }));
    return { sent, got };
  });
});

process.exit(finish());
