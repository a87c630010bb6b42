// @ts-check
// What a page downloads for each library and what it is made of; what a Worker uploads.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliSize, gzipSize } from '../../js/scripts/build/sizes.mjs';
import { ROOT } from '../harness/project.mjs';
import { bundle, project } from './bundle.mjs';
import { byCrate } from './wasm-names.mjs';

/** @type {[name: string, source: string, entry?: string][]} */
const IMPORTS = [
  ['ivs-wasm', "export { IVS } from 'ivs-wasm'"],
  ['ivs-wasm/slim (the .wasm not counted)', "export { IVS } from 'ivs-wasm/slim'", './slim'],
  ['ivs-wasm/v2', "export { default } from 'ivs-wasm/v2'", './v2'],
  ['aws-sdk v2, IVS only', "import IVS from 'aws-sdk/clients/ivs'; export { IVS }"],
  ['@aws-sdk/client-ivs, all operations', "export { Ivs } from '@aws-sdk/client-ivs'"],
  ['@aws-sdk/client-ivs, one command', "export { IvsClient, PutMetadataCommand } from '@aws-sdk/client-ivs'"],
  ['aws4fetch (signs only)', "export { AwsClient } from 'aws4fetch'"],
];

/** @typedef {{ name: string, raw: number, gzip: number, brotli: number }} Size */

/** @param {string} name @param {Uint8Array} bytes @returns {Size} */
const size = (name, bytes) => ({ name, raw: bytes.length, gzip: gzipSize(bytes), brotli: brotliSize(bytes) });

export async function sizes() {
  const packed = join(await project(), 'node_modules/ivs-wasm');
  const { exports } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
  const downloads = [];
  let parts = {};
  for (const [name, source, entry] of IMPORTS) {
    if (entry && !exports[entry]) continue;
    const { bytes } = await bundle(source, 'browser', { minify: true });
    downloads.push(size(name, bytes));
  }
  const worker = await bundle("export { IVS } from 'ivs-wasm'", 'workerd', { minify: true });
  const upload = Buffer.concat([worker.bytes, ...worker.wasm.values()]);
  const files = ['ivs.wasm', 'wasm.js', 'index.js', 'workerd.js', 'slim.js', 'v2.js', 'v2.wasm', 'v2-wasm.js']
    .filter((file) => existsSync(join(packed, file))).map((file) => size(`pkg/${file}`, readFileSync(join(packed, file))));
  parts = await sourceFiles();
  return { downloads, upload: size('upload of a Worker (JavaScript and .wasm)', upload), files, parts, crates: byCrate() };
}

/** Minified bytes of each source file in the default entry, by esbuild's own account; the glue is wasm-bindgen's. */
async function sourceFiles() {
  const glue = join(ROOT, 'target/npm/glue/ivs_bg.js');
  if (!existsSync(glue)) return {};
  const { tool } = await import('../harness/project.mjs');
  const esbuild = await tool('esbuild');
  const { metafile } = await esbuild.build({
    entryPoints: [join(ROOT, 'js/entry/index.js')], absWorkingDir: ROOT, bundle: true, minify: true, format: 'esm', write: false, metafile: true, outfile: 'x.js', logLevel: 'error',
    external: ['#wasm'],
    plugins: [{
      name: 'sources',
      /** @param {import('esbuild').PluginBuild} build */
      setup(build) {
        build.onResolve({ filter: /^#glue$/ }, () => ({ path: glue }));
        build.onResolve({ filter: /snippets\/ivs-wasm-/ }, ({ path }) => ({ path: join(ROOT, path.replace(/^.*ivs-wasm-[0-9a-f]+\//, '')) }));
      },
    }],
  });
  const [output] = Object.values(metafile.outputs);
  return Object.fromEntries(Object.entries(output.inputs).map(([file, { bytesInOutput }]) => [file.replace(/^target\/npm\//, ''), bytesInOutput])
    .sort((a, b) => Number(b[1]) - Number(a[1])));
}
