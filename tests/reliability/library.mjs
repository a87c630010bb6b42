// @ts-check
// The packed library as an application has it, and a client for a local server.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { IMPORT_NAME, installPackage } from '../harness/install.mjs';
import { CREDENTIALS } from '../harness/server.mjs';

export { CREDENTIALS };
export const REGION = 'us-west-2';
export const ARN = 'arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh';

/** Installs the tarball into a project of its own; gives the project's folder. */
export const project = (/** @type {Parameters<typeof installPackage>[0]} */ options = {}) => installPackage({ name: 'reliability', ...options });

/** Imports the library from a project. Each project has a copy with state of its own. @param {string} folder */
export function load(folder) {
  return import(pathToFileURL(join(folder, 'node_modules', IMPORT_NAME, 'index.js')).href);
}

/** How often a costly step is done: `SETTLE_RUNS=20000 node tests/reliability/settles.mjs` does more than CI. */
export const count = (/** @type {string} */ variable, /** @type {number} */ usual) => Number(process.env[variable] ?? usual);

/** Instances of WebAssembly in the order of their making, once `watchInstances` was called. @type {WebAssembly.Instance[]} */
export const instances = [];

/** Looks over the shoulder of whoever makes an instance. The names of exports are the build's own business. */
export function watchInstances() {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = /** @type {any} */ (class extends Instance {
    /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
    constructor(module, imports) {
      super(module, imports);
      instances.push(this);
    }
  });
  return () => (WebAssembly.Instance = Instance);
}

/** The memory of the latest instance. */
export function memory() {
  const found = Object.values(instances.at(-1)?.exports ?? {}).find((one) => one instanceof WebAssembly.Memory);
  return /** @type {WebAssembly.Memory} */ (found);
}

/** All pointers lead nowhere: whatever runs next stops at an address that does not exist. */
export const spoil = () => new Uint8Array(memory().buffer).fill(0xff);

/**
 * What became of a promise: { value } or { error }; { hung: true } if it does not settle in time.
 * @param {Promise<any>} promise
 * @param {number} ms
 */
export async function outcome(promise, ms) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const limit = new Promise((resolve) => (timer = setTimeout(resolve, ms, { hung: true })));
  const settled = promise.then((value) => ({ value }), (error) => ({ error }));
  const result = /** @type {{ value?: any, error?: any, hung?: true }} */ (await Promise.race([settled, limit]));
  clearTimeout(timer);
  return result;
}

/** In one word: 'ok', 'hung', the code of an error of ours, or what else was thrown. @param {Awaited<ReturnType<typeof outcome>>} result @param {any} IVSError */
export function word(result, IVSError) {
  if (result.hung) return 'hung';
  if (!('error' in result)) return 'ok';
  return result.error instanceof IVSError ? result.error.code : `not an IVSError: ${String(result.error?.stack ?? result.error).slice(0, 300)}`;
}

/**
 * Runs `total` jobs, at most `width` at a time.
 * @param {number} total
 * @param {number} width
 * @param {(i: number) => Promise<void>} job
 */
export async function inParallel(total, width, job) {
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(width, total) }, async () => {
    while (next < total) await job(next++);
  }));
}
