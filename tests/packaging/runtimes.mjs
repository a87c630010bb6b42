// @ts-check
// The runtimes beside Node itself, installed by npm into this folder when its lock file has changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../harness/project.mjs';
import { run } from '../harness/scratch.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Installs what package-lock.json names; costs nothing when that is there. */
export async function installRuntimes() {
  const stamp = join(HERE, 'node_modules/.setup');
  const wanted = createHash('sha256').update(readFileSync(join(HERE, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(NODE_NEWEST)) return;
  console.log('installing Deno, Bun and the newest Node (about 400 MB) …');
  // Not `npm ci`: it refuses a lock file that lacks a platform for which Deno has not published this version.
  await run('npm', ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: HERE, timeout: 600_000 });
  // Their install scripts fetch the programs. npm 12 runs none unasked, and neither does a user's `ignore-scripts`.
  const scripts = /** @type {const} */ ([['node-newest', 'installArchSpecificPackage.js'], ['bun', 'install.js']]);
  for (const [name, script] of scripts) await run(process.execPath, [script], { cwd: join(HERE, 'node_modules', name), timeout: 600_000 });
  writeFileSync(stamp, wanted);
}

export const DENO = join(HERE, 'node_modules/.bin/deno');
export const BUN = join(HERE, 'node_modules/.bin/bun');
/** Newer Nodes than the one that runs the tests, which is to be the oldest supported. */
export const NODE_22 = join(ROOT, 'js/node_modules/node22/bin/node');
export const NODE_NEWEST = join(HERE, 'node_modules/node-newest/bin/node');
