// @ts-check
// Each statement of docs/what-happens-when.md names a test; SECURITY.md names files. They must be there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { ROOT } from '../harness/project.mjs';

await runMain(async () => {
  const { check, finish } = checks('Statements and their tests');
  const rows = readFileSync(join(ROOT, 'docs/what-happens-when.md'), 'utf8').split('\n').filter((line) => /^\| (?!when \|)/.test(line));
  await check('every statement names a test', () => {
    assert.ok(rows.length > 25, `${rows.length} statements`);
    for (const row of rows) {
      const [, file, name] = /\| ([\w/-]+\.(?:rs|mjs)): (.+) \|$/.exec(row) ?? assert.fail(row);
      const text = readFileSync(join(ROOT, 'tests', file), 'utf8');
      const isTest = file.endsWith('.rs') ? [`#[test]\nfn ${name}()`, `#[wasm_bindgen_test]\nasync fn ${name}()`].some((test) => text.includes(test)) : new RegExp(`(check\\((['\`]).*|^ *')${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'm').test(text);
      assert.ok(isTest, `tests/${file} has no test ${name}`);
    }
    console.log(`        ${rows.length} statements`);
  });
  await check('the files that SECURITY.md names are there', () => {
    const names = [...readFileSync(join(ROOT, 'SECURITY.md'), 'utf8').matchAll(/`([\w/]+\.(?:mjs|rs))`/g)].map(([, name]) => name);
    assert.ok(names.length > 8);
    for (const name of names) assert.ok(existsSync(join(ROOT, name.includes('/') ? name : `tests/reliability/${name}`)), name);
  });
  return finish();
});
