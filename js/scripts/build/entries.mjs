// @ts-check
// The JavaScript of the package: each file of js/entry/ becomes one of pkg/, under the same name.
//
// What an entry, and what it imports, may import:
//   '#glue'               wasm-bindgen's glue (a namespace; the wasm imports it as './ivs_bg.js')
//   import('#wasm')       the wasm inside JavaScript, in a chunk of its own that is loaded when this line runs:
//                         `const { bytes } = await import('#wasm')`, an async function; '#wasm/v2' is that of ivs-wasm/v2
//   '…/ivs.wasm'          (any path to it, `?module` allowed) the file itself: stays an import, of pkg/ivs.wasm; so does v2.wasm
//   what another entry imports, too: goes into a file that both import, so that no code is shipped twice and no state doubled
//   the facts file        without what is for people and tests alone: words, examples, history
//   anything else         is bundled; there are no dependencies
// An entry named *workerd* or *edge* is for runtimes that have ES modules only; every other one is also built for require().
import { build, transform } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { PKG, ROOT, at, filesUnder } from './project.mjs';
import { GLUE } from './wasm.mjs';

const ENTRY = at('js/entry');
// The oldest engines with everything else that we need (simd128, DecompressionStream, structured errors).
const TARGETS = ['chrome103', 'firefox113', 'safari16.4', 'node20'];

const SMALL = { minifyWhitespace: true, minifySyntax: true };

/** Names of the entries without `.js`: 'index', 'v2/ivs' … */
export const entryNames = () => filesUnder(ENTRY).filter((file) => file.endsWith('.js')).map((file) => file.slice(0, -3));

/** @param {string} name */
export const isModuleOnly = (name) => /(^|[./-])(workerd|edge)([./-]|$)/.test(name);

/** What several entries share is built into files of this name, so that no code is shipped twice and no state doubled. */
export const SHARED = /^shared-[0-9A-Z]+\.c?js$/;

/**
 * Builds all entries and the chunks into pkg/. Gives the files written, as paths from pkg/.
 * @param {Record<string, string>} chunks files that hold the chunks' sources, by their names in pkg/
 */
export async function buildEntries(chunks) {
  const names = entryNames();
  const shared = names.filter((name) => name !== 'mock');
  const modules = await bundle(Object.fromEntries(shared.map((name) => [name, join(ENTRY, `${name}.js`)])), true);
  // Applications minify what they ship, and names help whoever reads a stack. The endpoint for tests is shipped nowhere.
  const alone = await bundle({ mock: join(ENTRY, 'mock.js'), ...chunks }, false);
  const written = [...modules, ...alone];
  for (const file of forRequire([...shared.filter((name) => !isModuleOnly(name)), 'mock', ...Object.keys(chunks)])) written.push(await toCommonJs(file));
  return written;
}

/**
 * @param {Record<string, string>} entryPoints source by name
 * @param {boolean} splitting
 */
async function bundle(entryPoints, splitting) {
  const { metafile } = await build({
    absWorkingDir: ROOT, // the paths in esbuild's comments start here, wherever it was called from
    entryPoints,
    outdir: PKG,
    chunkNames: 'shared-[hash]',
    splitting,
    bundle: true,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    target: TARGETS,
    charset: 'utf8',
    legalComments: 'none',
    ...SMALL,
    minifyIdentifiers: !splitting,
    logLevel: 'warning',
    plugins: [specifiers()],
  });
  const files = Object.keys(metafile.outputs).map((path) => relative(PKG, join(ROOT, path)).split(sep).join('/'));
  if (splitting) markPure(files);
  return files;
}

/**
 * Says again of the classes in js/exceptions.js that nothing is lost without them: esbuild takes such notes away with the white space.
 * @param {string[]} files
 */
function markPure(files) {
  let marked = 0;
  for (const file of files) {
    const source = readFileSync(join(PKG, file), 'utf8');
    const text = source.replaceAll(/=(?=classOf\("\w+"\))/g, () => (marked++, '=/* @__PURE__ */'));
    if (text !== source) writeFileSync(join(PKG, file), text);
  }
  if (!marked) throw new Error('js/exceptions.js has another form than build/entries.mjs knows');
}

/** The files that these entries need, at once or later. @param {string[]} names @returns {string[]} */
function forRequire(names) {
  const found = new Set();
  /** @param {string} file */
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, path] of readFileSync(join(PKG, file), 'utf8').matchAll(/(?:from|import)\s*\(?"(\.[^"]+\.js)"/g)) visit(posix.join(posix.dirname(file), path));
  };
  for (const name of names) visit(`${name}.js`);
  return [...found];
}

/** Writes the file beside an ES module that require() takes. @param {string} file */
async function toCommonJs(file) {
  const source = readFileSync(join(PKG, file), 'utf8');
  const { code } = await transform(source, {
    format: 'cjs',
    platform: 'neutral',
    target: TARGETS,
    // import() becomes a lazy require(): Jest, for one, has no import() in its sandbox.
    supported: { 'dynamic-import': false },
    charset: 'utf8',
    ...SMALL,
    minifyIdentifiers: file === 'mock.js',
    logLevel: 'warning',
  });
  const out = file.replace(/\.js$/, '.cjs');
  // What an entry exports under the name 'module.exports' is what require() gives, as in Node's own require() of modules.
  const footer = /as\s*"module\.exports"/.test(source) ? "module.exports = module.exports['module.exports'];\n" : '';
  // Tools that read which names a file exports look for the list of them at the start of a line.
  const listed = code.replace(';__export(', ';\n__export(');
  writeFileSync(join(PKG, out), listed.replaceAll(/require\("(\.[^"]+)\.js"\)/g, 'require("$1.cjs")') + footer);
  return out;
}

/** Keys of the facts file that no program needs at run time. */
const EXPLAINING = new Set(['doc', 'remedy', 'example', 'inV2']);

/** The facts file for a bundle. A member of a shape may bear any of those names; it has a `shape`. @param {string} text */
const bareFacts = (text) => JSON.stringify(JSON.parse(text, (key, value) => (EXPLAINING.has(key) && !value?.shape ? undefined : value)));

/** @returns {import('esbuild').Plugin} */
function specifiers() {
  /** From a built entry to another file of pkg/. @param {string} importer @param {string} file */
  const toPkg = (importer, file) => {
    const name = relative(ENTRY, importer).split(sep).join('/');
    if (name.startsWith('..')) throw new Error(`${importer}: only an entry may import ${file}, since only it knows the runtime`);
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
      onResolve({ filter: /^#wasm(\/v2)?$/ }, ({ path, importer }) => ({ path: toPkg(importer, path === '#wasm' ? 'wasm.js' : 'v2-wasm.js'), external: true }));
      onResolve({ filter: /(^|\/)(ivs|v2)\.wasm(\?module)?$/ }, ({ path, importer }) => ({
        path: toPkg(importer, posix.basename(path)),
        external: true,
      }));
      onLoad({ filter: /[\\/]src[\\/]model[\\/]ivs\.json$/ }, ({ path }) => ({
        contents: bareFacts(readFileSync(path, 'utf8')),
        loader: 'json',
      }));
      onResolve({ filter: /^[^.#/]/ }, ({ path, kind }) =>
        kind === 'entry-point' ? undefined : { errors: [{ text: `${path}: the package has no dependencies` }] });
    },
  };
}
