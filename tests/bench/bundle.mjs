// @ts-check
// Bundles contenders for an engine with esbuild: ours from the packed library, the others from js/node_modules.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IMPORT_NAME, installPackage } from '../harness/install.mjs';
import { ROOT, tool } from '../harness/project.mjs';

export const HERE = fileURLToPath(new URL('.', import.meta.url));
/** The bundles that are measured may not differ in anything but the engine. */
const COMMON = /** @type {const} */ ({ bundle: true, format: 'esm', target: 'es2022', logLevel: 'error', write: false, legalComments: 'none' });
const PLATFORM = {
  node: { platform: 'node', banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } },
  // SDK v2 names Node's global object.
  browser: { platform: 'browser', define: { global: 'globalThis' } },
  workerd: { platform: 'browser', define: { global: 'globalThis' }, conditions: ['workerd', 'worker', 'browser'], external: ['node:*', 'cloudflare:*'] },
};

/** @typedef {keyof typeof PLATFORM} Engine */

let installed;
/** The folder of a project with the packed library in it. */
export const project = () => (installed ??= installPackage({ name: 'bench' }));

/** The contenders there are, ours first; entries that the package does not have yet are left out. */
export async function contenderNames() {
  const { exports } = JSON.parse(readFileSync(join(await project(), 'node_modules', IMPORT_NAME, 'package.json'), 'utf8'));
  const v2 = exports['./v2'] ? ['ivs-wasm-v2'] : [];
  return ['ivs-wasm', ...v2, 'unsigned', 'aws4fetch', 'aws-sdk-v2', 'client-ivs'];
}

/**
 * @param {string} source an ES module; './…' is this folder
 * @param {Engine} engine
 * @param {import('esbuild').BuildOptions} [options]
 * @returns {Promise<{ text: string, bytes: Uint8Array, metafile: import('esbuild').Metafile, wasm: Map<string, Uint8Array> }>} wasm: modules that stay imports
 */
export async function bundle(source, engine, options = {}) {
  const esbuild = await tool('esbuild');
  const packages = join(await project(), 'node_modules');
  const names = await contenderNames();
  /** @type {Map<string, Uint8Array>} */
  const wasm = new Map();
  const list = names.map((name, i) => `import * as c${i} from './contenders/${name}.js';`).join('\n');
  const result = await esbuild.build({
    ...COMMON, ...PLATFORM[engine], metafile: true, ...options,
    stdin: { contents: source, resolveDir: HERE, sourcefile: 'bench.js' },
    nodePaths: [packages, join(ROOT, 'js/node_modules')],
    plugins: [{
      name: 'bench',
      /** @param {import('esbuild').PluginBuild} build */
      setup(build) {
        build.onResolve({ filter: /^#contenders$/ }, () => ({ path: 'contenders', namespace: 'bench' }));
        build.onLoad({ filter: /.*/, namespace: 'bench' }, () => ({
          contents: `${list}\nexport const contenders = [${names.map((_, i) => `c${i}`)}];`, resolveDir: HERE,
        }));
        // SDK v2 starts a timer while it loads, which Workers forbid: as it stands it does not run there at all.
        if (engine === 'workerd') build.onLoad({ filter: /maintenance_mode_message\.js$/ }, () => ({ contents: 'module.exports = {};' }));
        build.onResolve({ filter: /\.wasm$/ }, async ({ path, resolveDir }) => {
          const file = join(resolveDir, path);
          if (!existsSync(file)) return undefined;
          wasm.set(basename(file), readFileSync(file));
          return { path: `./${basename(file)}`, external: true };
        });
      },
    }],
  });
  const [{ text, contents: bytes }] = result.outputFiles;
  return { text, bytes, metafile: result.metafile, wasm };
}

/** One contender as a module of its own, for cold starts. @param {string} name @param {Engine} engine @param {import('esbuild').BuildOptions} [options] */
export const bundleOne = (name, engine, options) =>
  bundle(`export * from './contenders/${name}.js'; export { world } from './world.js'; export { metadata } from './cases.js';`, engine, options);
