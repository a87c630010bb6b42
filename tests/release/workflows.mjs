// @ts-check
// Rules that the workflows are held to: nothing that can change under us runs with rights, and what they call exists.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/project.mjs';

const FOLDER = join(ROOT, '.github/workflows');

/** @param {(name: string, body: () => unknown) => Promise<unknown>} check */
export async function checkWorkflows(check) {
  const files = readdirSync(FOLDER);
  const texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')]));
  await check('workflows: ci, nightly, release', () => assert.deepEqual(files.sort(), ['ci.yml', 'nightly.yml', 'release.yml']));
  await check('workflows: every action is pinned by a full commit, its version beside it', () => {
    for (const [file, text] of Object.entries(texts)) {
      const uses = text.match(/^\s*(?:- )?uses: .*$/gm) ?? [];
      assert.ok(uses.length, file);
      for (const line of uses) assert.match(line, /uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${file}: ${line}`);
      // One action, one version, in all files.
      for (const [, name, commit] of text.matchAll(/uses: ([\w./-]+)@([0-9a-f]{40})/g)) {
        for (const other of Object.values(texts)) {
          for (const [, otherCommit] of other.matchAll(new RegExp(`uses: ${name}@([0-9a-f]{40})`, 'g'))) assert.equal(otherCommit, commit, name);
        }
      }
    }
  });
  await check('workflows: they may read, and only the jobs that publish more', () => {
    for (const [file, text] of Object.entries(texts)) {
      assert.match(text, /^permissions:\n  contents: read$/m, file);
      const rights = [...text.matchAll(/^ {4,}([\w-]+): write\b/gm)].map(([, right]) => right).sort();
      assert.deepEqual(rights, file === 'release.yml' ? ['contents', 'id-token', 'id-token'] : [], file);
      assert.doesNotMatch(text, /pull_request_target|secrets\./, file);
      for (const step of text.split(/^ {6}- /m).filter((one) => one.includes('actions/checkout@'))) assert.match(step, /persist-credentials: false/, file);
    }
  });
  await check('workflows: nothing from outside is pasted into a shell', () => {
    for (const [file, text] of Object.entries(texts)) {
      for (const [, line] of text.matchAll(/^\s*(?:- )?run: (?!\|)(.*)$/gm)) assert.doesNotMatch(line, /\$\{\{/, `${file}: ${line}`);
      for (const [, , body] of text.matchAll(/^( *)(?:- )?run: \|\n((?:\1 +.*\n?)+)/gm)) assert.doesNotMatch(body, /\$\{\{/, file);
    }
  });
  await check('workflows: the commands that they call are there', () => {
    const makefile = readFileSync(join(ROOT, 'Makefile'), 'utf8');
    for (const [file, text] of Object.entries(texts)) {
      for (const [, target] of text.matchAll(/run: make ([a-z]+)/g)) assert.match(makefile, new RegExp(`^${target}:`, 'm'), `${file}: make ${target}`);
      for (const [, script] of text.matchAll(/\bnode (\S+\.mjs)/g)) assert.ok(existsSync(join(ROOT, script)), `${file}: ${script}`);
      for (const [script] of text.matchAll(/\.ci\/\w+/g)) assert.ok(existsSync(join(ROOT, script)), `${file}: ${script}`);
    }
  });
  await check('workflows: what is published is what was built and tested, with provenance', () => {
    const { 'release.yml': text } = texts;
    assert.match(text, /npm publish .*--provenance/);
    assert.match(text, /cargo publish/);
    assert.match(text, /sha512sum --check --strict SHA512SUMS/);
    for (const job of ['npm', 'crate']) assert.match(text, new RegExp(`^  ${job}:\\n(?:    .*\\n)*?    needs: build$`, 'm'));
  });
}
