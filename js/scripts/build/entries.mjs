// @ts-check
// The JavaScript of the package: each file of js/entry/ becomes one of pkg/, under the same name.
//
// What an entry, and what it imports, may import:
//   '#glue'               wasm-bindgen's glue (a namespace; the wasm imports it as './ivs_bg.js')
//   import('#wasm')       the wasm inside JavaScript, in a chunk of its own that is loaded when this line runs:
//                         `const { bytes } = await import('#wasm')`, an async function
//   '…/ivs.wasm'          (any path to it, `?module` allowed) the file itself: stays an import, of pkg/ivs.wasm
//   another entry         stays an import, so that no code is shipped twice and state is not doubled
//   the facts file        without what is for people and tests alone: words, examples, history
//   anything else         is bundled; there are no dependencies
// An entry named *workerd* or *edge* is for runtimes that have ES modules only; every other one is also built for require().
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { PKG, ROOT, at, filesUnder } from './project.mjs';
import { GLUE } from './wasm.mjs';

const ENTRY = at('js/entry');
// The oldest engines with everything else that we need (simd128, DecompressionStream, structured errors).
const TARGETS = ['chrome103', 'firefox113', 'safari16.4', 'node20'];

/** Names of the entries without `.js`: 'index', 'v2/ivs' … */
export const entryNames = () => filesUnder(ENTRY).filter((file) => file.endsWith('.js')).map((file) => file.slice(0, -3));

/** @param {string} name */
export const isModuleOnly = (name) => /(^|[./-])(workerd|edge)([./-]|$)/.test(name);

/**
 * Builds all entries and the chunk into pkg/. Gives the files written, as paths from pkg/.
 * @param {string} chunk file that holds the chunk's source
 */
export async function buildEntries(chunk) {
  const written = [];
  for (const name of entryNames()) {
    written.push(await bundle(join(ENTRY, `${name}.js`), name, 'esm'));
    if (!isModuleOnly(name)) written.push(await bundle(join(ENTRY, `${name}.js`), name, 'cjs'));
  }
  written.push(await bundle(chunk, 'wasm', 'esm'), await bundle(chunk, 'wasm', 'cjs'));
  return written;
}

/**
 * @param {string} source
 * @param {string} name
 * @param {'esm' | 'cjs'} format
 */
async function bundle(source, name, format) {
  const file = name + EXTENSION[format];
  await build({
    absWorkingDir: ROOT, // the paths in esbuild's comments start here, wherever it was called from
    entryPoints: [source],
    outfile: join(PKG, file),
    bundle: true,
    format,
    platform: 'neutral',
    target: TARGETS,
    // In CommonJS import() becomes a lazy require(): Jest, for one, has no import() in its sandbox.
    supported: format === 'cjs' ? { 'dynamic-import': false } : {},
    charset: 'utf8',
    legalComments: 'none',
    // What an entry exports under the name 'module.exports' is what require() gives, as in Node's own require() of modules.
    footer: format === 'cjs' && /as 'module\.exports'/.test(readFileSync(source, 'utf8')) ? { js: "module.exports = module.exports['module.exports'];" } : {},
    // Applications minify what they ship; the endpoint for tests they ship nowhere, and it would be the largest file.
    minify: name === 'mock',
    logLevel: 'warning',
    plugins: [specifiers(source, name, format)],
  });
  return file;
}

/** Keys of the facts file that no program needs at run time. */
const EXPLAINING = new Set(['doc', 'remedy', 'example', 'inV2']);

/** The facts file for a bundle. A member of a shape may bear any of those names; it has a `shape`. @param {string} text */
const bareFacts = (text) => JSON.stringify(JSON.parse(text, (key, value) => (EXPLAINING.has(key) && !value?.shape ? undefined : value)));

const EXTENSION = { esm: '.js', cjs: '.cjs' };

/**
 * @param {string} source
 * @param {string} name
 * @param {'esm' | 'cjs'} format
 * @returns {import('esbuild').Plugin}
 */
function specifiers(source, name, format) {
  /** From the built file to another file of pkg/. @param {string} file */
  const toPkg = (file) => {
    const path = posix.relative(posix.dirname(name), file);
    return path.startsWith('.') ? path : `./${path}`;
  };
  return {
    name: 'ivs-wasm',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#glue$/ }, () => ({ path: join(GLUE, 'ivs_bg.js') }));
      // A file of js/ that the Rust side imports is copied by wasm-bindgen; the original is taken, since the entries import
      // it, too, and there must be one IVSError.
      onResolve({ filter: /^\.\/snippets\/ivs-wasm-[0-9a-f]+\/js\// }, ({ path }) => ({ path: at(path.replace(/^.*?-[0-9a-f]+\//, '')) }));
      onResolve({ filter: /^#wasm$/ }, () => ({ path: toPkg(`wasm${EXTENSION[format]}`), external: true }));
      onResolve({ filter: /(^|\/)ivs\.wasm(\?module)?$/ }, ({ path }) => ({
        path: toPkg('ivs.wasm') + (path.endsWith('?module') ? '?module' : ''),
        external: true,
      }));
      onResolve({ filter: /^\.\.?\// }, ({ path, importer, resolveDir }) => {
        if (!importer) return undefined;
        const target = join(resolveDir, path);
        const inside = relative(ENTRY, target).split(sep).join('/');
        if (inside.startsWith('..') || target === source) return undefined;
        const other = inside.replace(/\.js$/, '');
        if (format === 'cjs' && isModuleOnly(other)) throw new Error(`${name} is built for require(), ${other} cannot be`);
        return { path: toPkg(other + EXTENSION[format]), external: true };
      });
      onLoad({ filter: /[\\/]src[\\/]model[\\/]ivs\.json$/ }, ({ path }) => ({
        contents: bareFacts(readFileSync(path, 'utf8')),
        loader: 'json',
      }));
      onResolve({ filter: /^[^.#/]/ }, ({ path, kind }) =>
        kind === 'entry-point' ? undefined : { errors: [{ text: `${path}: the package has no dependencies` }] });
    },
  };
}
