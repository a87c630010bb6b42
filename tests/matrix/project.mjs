// @ts-check
// The projects of the matrix: each folder of projects/ is an application with tools of its own, installed by npm when its lock
// file has changed, into which the packed library is installed anew for every run.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installPackage } from '../harness/install.mjs';
import { ROOT } from '../harness/project.mjs';
import { run } from '../harness/scratch.mjs';

/** The tools of Cloudflare want a newer Node than the oldest that the library supports. */
export const NODE_22 = join(ROOT, 'js/node_modules/node22/bin/node');

/** @type {Map<string, Promise<string>>} */
const prepared = new Map();
/** @type {Promise<string> | undefined} */
let library;

/** The folder of a project that is ready for use. @param {string} name */
export function project(name) {
  const folder = prepared.get(name) ?? prepare(name);
  prepared.set(name, folder);
  return folder;
}

/** @param {string} name */
async function prepare(name) {
  const folder = fileURLToPath(new URL(`projects/${name}`, import.meta.url));
  const stamp = join(folder, 'node_modules/.setup');
  const wanted = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    console.log(`        installing the tools of tests/matrix/projects/${name} …`);
    // Not `npm ci`: it refuses a lock file that lacks packages for other platforms. And not over what is there: npm 11 removed it all once.
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    // A registry that does not answer is given up in minutes, once for all rows of the project: each of them says so, none hangs.
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-timeout=60000'];
    await run('npm', args, { cwd: folder, env: withNode22(), timeout: 300_000 }).catch(({ message }) => {
      throw new Error(`not tried: the tools of tests/matrix/projects/${name} could not be installed\n${message}`);
    });
    writeFileSync(stamp, wanted);
  }
  // As npm unpacked it in a project without anything else. npm itself would look at hundreds of packages once more.
  library ??= installPackage({ name: 'matrix' });
  const target = join(folder, 'node_modules/ivs-wasm');
  rmSync(target, { recursive: true, force: true });
  cpSync(join(await library, 'node_modules/ivs-wasm'), target, { recursive: true });
  // Caches of an earlier run may hold an earlier library.
  for (const cache of ['out', '.next', '.wrangler', '.parcel-cache', 'node_modules/.vite']) rmSync(join(folder, cache), { recursive: true, force: true });
  return folder;
}

/** A tool of a project, as the project itself would import it. @param {string} folder @param {string} name @returns {Promise<any>} */
export async function toolOf(folder, name) {
  const module = await import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(name)).href);
  return module.default ?? module;
}

/** Version of an installed package. @param {string} folder @param {string} name */
export const versionOf = (folder, name) => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;

/** The environment for tools that want Node 22, and that must not call home. @param {Record<string, string>} [more] */
export const withNode22 = (more = {}) => ({
  ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false', NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1',
  PATH: `${dirname(NODE_22)}${delimiter}${process.env.PATH}`, ...more,
});
