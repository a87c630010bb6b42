// @ts-check
// Where things are: the project, its development tools, the packed library, the Python of the test servers.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The top folder of the project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Name and version of the npm package, as pkg/package.json has them. */
export const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'pkg/package.json'), 'utf8'));

/** Where the set-up keeps what is not installed by npm. */
export const CACHE = process.env.IVS_WASM_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ivs-wasm');

/**
 * Imports a development dependency of js/ (esbuild, miniflare, playwright-core, aws-sdk …),
 * which a file under tests/ would not find by its bare name.
 * @param {string} name
 */
export async function tool(name) {
  const module = await import(pathToFileURL(toolPath(name)).href);
  return module.default ?? module;
}

/**
 * The file that `require(name)` would load from js/.
 * @param {string} name
 */
export function toolPath(name) {
  return createRequire(join(ROOT, 'js/package.json')).resolve(name);
}

/** The packed library. IVS_WASM_TARBALL names another one, for trying a test against a stand-in. */
export function tarball() {
  const file = process.env.IVS_WASM_TARBALL ?? join(ROOT, `pkg/${PACKAGE.name}-${PACKAGE.version}.tgz`);
  return found(file, 'the packed library; `make pack` makes it');
}

/** The Python that has moto and botocore. */
export function python() {
  return found(process.env.IVS_WASM_PYTHON ?? join(CACHE, 'python/bin/python'), 'Python with moto; `make setup` makes it');
}

/** A Chromium or Chrome. */
export function chromiumBinary() {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
  const file = process.env.IVS_WASM_CHROMIUM ?? places.find((place) => existsSync(place)) ?? places[0];
  return found(file, 'Chromium; `make setup` installs it, IVS_WASM_CHROMIUM names another one');
}

/**
 * @param {string} file
 * @param {string} what
 */
function found(file, what) {
  if (!existsSync(file)) throw new Error(`not found: ${file} (${what})`);
  return file;
}
