// @ts-check
// The same sources give the same package: a copy of the project's files in another folder, with nothing built in it, is built from
// the start, and each file of the package is compared with the one that is here.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { ROOT } from '../harness/project.mjs';
import { run, scratchFolder } from '../harness/scratch.mjs';

/** A clean clone of what is in the working tree, committed or not. */
async function cleanCopy() {
  const folder = scratchFolder('clone');
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const file of stdout.split('\0').filter((name) => name && existsSync(join(ROOT, name)) && lstatSync(join(ROOT, name)).isFile())) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(folder, file));
  }
  // The tools are those of the lock file in either place.
  symlinkSync(join(ROOT, 'js/node_modules'), join(folder, 'js/node_modules'));
  return folder;
}

/** @param {string} folder */
const hashes = (folder) => Object.fromEntries(readdirSync(join(folder, 'pkg'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.tgz'))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .map((file) => [file.slice(join(folder, 'pkg/').length), createHash('sha256').update(readFileSync(file)).digest('hex')]).sort());

await runMain(async () => {
  const { check, finish } = checks('a build from a clean copy of the sources');
  await check('gives the same files, byte for byte', async () => {
    const before = hashes(ROOT);
    const folder = await cleanCopy();
    await run(process.execPath, ['js/scripts/build.mjs'], { cwd: folder, env: { ...process.env, CARGO_TARGET_DIR: undefined }, timeout: 900_000 });
    const copy = hashes(folder);
    assert.ok(copy['ivs.wasm']);
    console.log(`        ivs.wasm sha256 ${before['ivs.wasm']} here, ${copy['ivs.wasm']} there`);
    assert.deepEqual(copy, before);
  });
  return finish();
});
