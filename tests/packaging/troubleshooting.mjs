// @ts-check
// docs/troubleshooting.md is found by error text, so each of its headings has to be a text that somebody really gets: one of the
// library's own, or one that is provoked here or in a row of the matrix.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addText } from '../harness/install.mjs';
import { ROOT, tool } from '../harness/project.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { runInWorkerd } from '../harness/workerd.mjs';

/** Texts that rows of the matrix see, and match. */
const IN_THE_MATRIX = [
  'import() is disallowed on ServiceWorkerGlobalScope', "Cannot find module './ivs_bg.js' imported from", 'ivs.wasm',
  'Must use import to load ES Module',
];

/**
 * @param {(name: string, body: () => Promise<void>) => Promise<unknown>} check
 * @param {string} folder the user's project
 * @param {object} options
 */
export const checkTroubleshooting = (check, folder, options) => check('troubleshooting: every text is one that somebody gets', async () => {
  const home = join(folder, 'node_modules/ivs-wasm');
  const library = readdirSync(home).filter((file) => /\.(js|wasm)$/.test(file) && !file.startsWith('mock'))
    .map((file) => readFileSync(join(home, file), 'latin1')).join('\n');
  const provoked = (await Promise.all([
    without('DecompressionStream', folder, options), without('TextEncoder', folder, options),
    browserBuildInWorkerd(folder, options), workersBuildByEsbuild(folder), binaryByEsbuild(folder),
  ])).join('\n');
  const headings = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8').match(/^### .*$/gm) ?? [];
  const texts = headings.flatMap((heading) => [...heading.matchAll(/`([^`]+)`/g)].map(([, text]) => text));
  assert.ok(texts.length > 20);
  const unheard = texts.filter((text) => {
    // Texts of the service are in the hints only by their beginnings; the library puts some of its own together.
    const parts = text.split(': ').filter((part) => part.length > 3);
    return !parts.every((part) => library.includes(part) || provoked.includes(part)) && !IN_THE_MATRIX.includes(text);
  });
  assert.deepEqual(unheard, []);
});

/** What a call ends with in a runtime that lacks something. @param {string} missing @param {string} folder @param {object} options */
function without(missing, folder, options) {
  const file = `without-${missing}.mjs`;
  // Node would inflate by node:zlib, which runtimes that lack DecompressionStream have not.
  addText(folder, file, `delete globalThis.${missing}; process.getBuiltinModule = undefined;
    export default (options) => import('ivs-wasm').then(({ IVS }) => new IVS(options).listChannels({})).then(() => 'it worked', String);`);
  return runInCommand(folder, file, options);
}

/** @param {string} folder @param {object} options */
function browserBuildInWorkerd(folder, options) {
  addText(folder, 'browser-build.mjs', `import { IVS } from './node_modules/ivs-wasm/index.js';
    export default (options) => new IVS(options).listChannels({}).then(() => 'it worked', String);`);
  return runInWorkerd(folder, 'browser-build.mjs', options);
}

/** @param {string} folder */
async function workersBuildByEsbuild(folder) {
  const esbuild = await tool('esbuild');
  const stdin = { contents: "import { IVS } from 'ivs-wasm'; new IVS();", resolveDir: folder };
  const { errors } = await esbuild.build({ stdin, bundle: true, conditions: ['workerd'], write: false, logLevel: 'silent' })
    .catch((/** @type {any} */ failure) => failure);
  return errors.map((/** @type {{ text: string }} */ { text }) => text).join('\n');
}

/** @param {string} folder */
async function binaryByEsbuild(folder) {
  const esbuild = await tool('esbuild');
  const stdin = { contents: "import bytes from 'ivs-wasm/ivs.wasm'; console.log(bytes);", resolveDir: folder };
  const { outputFiles } = await esbuild.build({ stdin, bundle: true, loader: { '.wasm': 'binary' }, write: false, logLevel: 'silent' });
  return `${/Uint8Array\.fromBase64/.exec(outputFiles[0].text)?.[0]} is not a function`;
}
