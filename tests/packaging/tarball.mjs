// @ts-check
// What tools say about the packed library: publint, arethetypeswrong; and what its package.json must not have.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, tarball, tool } from '../harness/project.mjs';
import { run, scratchFolder } from '../harness/scratch.mjs';

/**
 * @param {(name: string, body: () => unknown) => Promise<unknown>} check
 * @param {string} installed the package's folder in a user's project
 */
export async function checkTarball(check, installed) {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));

  await check('no run-time dependencies, nothing runs at install', () => {
    for (const key of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies', 'scripts']) {
      assert.equal(manifest[key], undefined, key);
    }
  });
  await check('every target of the exports map is in the package', () => {
    const targets = leaves(manifest.exports);
    assert.ok(targets.length > 0);
    for (const target of targets) assert.ok(existsSync(join(installed, target)), target);
  });
  await check('publint finds nothing', async () => {
    const { publint } = await tool('publint');
    const file = readFileSync(tarball());
    const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
    const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
    assert.deepEqual(messages, []);
  });
  await check('arethetypeswrong finds nothing in any of its four resolutions', async () => {
    const attw = join(ROOT, 'js/node_modules/.bin/attw');
    // Files that are not modules have no types to be wrong.
    const files = Object.keys(manifest.exports).filter((key) => /\.(wasm|json)$/.test(key)).map((key) => key.slice(2));
    // Into a file: it ends before a pipe has taken all of a long answer. It ends with 1 when it has found something.
    const answer = join(scratchFolder('attw'), 'answer.json');
    const words = [attw, tarball(), '--format', 'json', '--exclude-entrypoints', ...files];
    await run('bash', ['-c', '"$@" > "$0"', answer, ...words]).catch(() => undefined);
    const stdout = readFileSync(answer, 'utf8');
    const { analysis, problems } = JSON.parse(stdout.slice(0, stdout.lastIndexOf('}') + 1));
    assert.equal(analysis.types?.kind, 'included', 'the package has declarations');
    assert.deepEqual(problems ?? {}, {});
  });
}

/** The strings in an exports map. @param {unknown} value @returns {string[]} */
function leaves(value) {
  if (typeof value === 'string') return [value];
  return Object.values(value ?? {}).flatMap(leaves);
}
