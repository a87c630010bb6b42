// @ts-check
// What a browser downloads for ivs-wasm/v2 beyond the default entry: bundled and minified by esbuild, gzip -9, without the wasm, of which each has its own.
import { gzipSync } from 'node:zlib';
import { ROOT, tool } from '../harness/project.mjs';

const BUDGET = 12 * 1024;
const GOAL = 8 * 1024;
const PKG = process.env.PKG ?? `${ROOT}/pkg`;

/** @param {string} contents @returns {Promise<number>} bytes without the wasm's chunk */
async function size(contents) {
  const esbuild = await tool('esbuild');
  // One file, as a page would load it; what is imported as it is needed is not part of the first download.
  const lazy = {
    name: 'lazy',
    setup: (/** @type {any} */ { onResolve }) => onResolve({ filter: /./ }, (/** @type {any} */ { kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)),
  };
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: PKG }, bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022', write: false,
    logLevel: 'silent', plugins: [lazy],
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

const modern = await size("import { IVS } from './index.js'; globalThis.made = new IVS();");
const v2 = await size("import AWS from './v2.js'; globalThis.made = new AWS.IVS();");
const credentials = await size("import * as all from './credentials.js'; globalThis.made = all;");
const added = v2 - modern;
console.log(`default entry ${modern} B, ivs-wasm/v2 ${v2} B, ivs-wasm/credentials ${credentials} B (JavaScript, gzip -9)`);
console.log(`ivs-wasm/v2 adds ${added} B; budget ${BUDGET}, goal ${GOAL}: ${added <= GOAL ? 'goal met' : added <= BUDGET ? 'within the budget' : 'OVER THE BUDGET'}`);
console.log(added <= BUDGET ? '1 passed, 0 failed' : '0 passed, 1 failed');
process.exitCode = added <= BUDGET ? 0 : 1;
