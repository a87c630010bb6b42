// @ts-check
// What a release publishes: its files, their hashes, bills of materials, and the rules of the workflows that publish them.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { integrity } from '../../js/scripts/release/hashes.mjs';
import { changes, objections } from '../../js/scripts/release/ready.mjs';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { PACKAGE, ROOT, tarball } from '../harness/project.mjs';
import { run, scratchFolder } from '../harness/scratch.mjs';
import { checkWorkflows } from './workflows.mjs';

const NAME = `${PACKAGE.name}-${PACKAGE.version}`;

/** Runs the script as the workflow does, but for the tag; uncommitted changes are no matter here. @param {string} folder */
async function release(folder) {
  const env = { ...process.env, IVS_WASM_DIST: folder };
  const { stdout } = await run(process.execPath, ['js/scripts/release.mjs', '--allow-dirty'], { cwd: ROOT, env });
  return stdout;
}

await runMain(async () => {
  const { check, finish } = checks('What a release publishes');
  const dist = join(scratchFolder('dist'), 'dist');
  const file = (/** @type {string} */ name) => readFileSync(join(dist, name));
  const installed = await installPackage({ name: 'release' });
  const wasm = readFileSync(join(installed, 'node_modules/ivs-wasm/ivs.wasm'));

  await check('its files, and no others', async () => {
    const stdout = await release(dist);
    assert.deepEqual(readdirSync(dist).sort(), ['NOTES.md', 'SHA256SUMS', 'SHA512SUMS', `${NAME}.crate`, `${NAME}.crate.cdx.json`,
      `${NAME}.npm.cdx.json`, `${NAME}.tgz`, 'ivs.wasm', 'ivs.wasm.sri'].sort());
    assert.ok(file(`${NAME}.tgz`).equals(readFileSync(tarball())), 'the tarball is the one that was tested');
    assert.ok(file('ivs.wasm').equals(wasm), 'the bare wasm is the one in the tarball');
    assert.ok(stdout.includes(integrity(wasm)));
  });
  await check('the same sources give the same files', async () => {
    const again = join(scratchFolder('dist'), 'dist');
    await release(again);
    for (const name of readdirSync(dist)) assert.ok(file(name).equals(readFileSync(join(again, name))), name);
  });
  for (const algorithm of ['sha256', 'sha512']) {
    await check(`${algorithm}sum agrees, and notices another file`, async () => {
      const sums = `${algorithm.toUpperCase()}SUMS`;
      const { stdout } = await run(`${algorithm}sum`, ['--check', '--strict', sums], { cwd: dist });
      assert.equal(stdout.trim().split('\n').length, readdirSync(dist).length - 3, 'all but the two lists and the notes');
      const spoiled = scratchFolder('spoiled');
      for (const name of readdirSync(dist)) writeFileSync(join(spoiled, name), name === 'ivs.wasm' ? 'another' : file(name));
      await assert.rejects(run(`${algorithm}sum`, ['--check', sums], { cwd: spoiled }), /ivs\.wasm: FAILED/);
    });
  }
  await check('the integrity of ivs.wasm: by pack, by the file, by the command of the documentation', async () => {
    const hash = `sha384-${createHash('sha384').update(wasm).digest('base64')}`;
    assert.equal(file('ivs.wasm.sri').toString().trim(), hash);
    assert.match(file('NOTES.md').toString(), new RegExp(`\`${hash.replace(/[+]/g, '\\$&')}\``));
    const page = readFileSync(join(ROOT, 'docs/where-it-runs.md'), 'utf8');
    const command = /^openssl .*$/m.exec(page)?.[0] ?? '';
    const { stdout } = await run('bash', ['-c', command], { cwd: installed });
    assert.equal(`sha384-${stdout.trim()}`, hash);
    assert.doesNotMatch(page, /sha384-[A-Za-z0-9+/]{64}/, 'a page cannot know the hash of the next build');
  });
  for (const [kind, purl, list] of /** @type {const} */ ([['npm', `pkg:npm/${PACKAGE.name}`, 'npm'], ['crate', `pkg:cargo/${PACKAGE.name}`, 'both']])) {
    await check(`bill of materials, ${kind}: every crate of docs/supply-chain.md, all edges lead somewhere`, () => {
      const bill = JSON.parse(file(`${NAME}.${kind}.cdx.json`).toString());
      assert.equal(`${bill.bomFormat} ${bill.specVersion}`, 'CycloneDX 1.6');
      assert.equal(bill.metadata.component.purl, `${purl}@${PACKAGE.version}`);
      const published = file(kind === 'npm' ? `${NAME}.tgz` : `${NAME}.crate`);
      assert.equal(bill.metadata.component.hashes[0].content, createHash('sha256').update(published).digest('hex'));
      const crates = bill.components.filter((/** @type {any} */ { purl: one }) => one.startsWith('pkg:cargo/'));
      assert.deepEqual(crates.map((/** @type {any} */ { name, version, scope }) => `${name} ${version} ${scope}`).sort(), documented(list));
      for (const { name, hashes: [{ content }], licenses } of crates) {
        assert.match(content, /^[0-9a-f]{64}$/, name);
        assert.ok(licenses[0].expression, name);
      }
      const refs = [bill.metadata.component, ...bill.components].map((one) => one['bom-ref']);
      assert.equal(new Set(refs).size, refs.length);
      assert.deepEqual(bill.dependencies.map((/** @type {any} */ { ref }) => ref).sort(), [...refs].sort());
      for (const { dependsOn } of bill.dependencies) for (const ref of dependsOn) assert.ok(refs.includes(ref), ref);
      const reached = new Set([refs[0]]);
      for (const ref of reached) for (const next of bill.dependencies.find((/** @type {any} */ one) => one.ref === ref).dependsOn) reached.add(next);
      assert.equal(reached.size, refs.length, 'nothing in it that nothing needs');
    });
  }
  await check('the notes are the section of the changelog', () => {
    const text = '# Changelog\n\n## 0.2.0 (unreleased)\n\n- b\n\n## 0.1.0\n\n- a\n';
    assert.deepEqual(changes('0.1.0', text), { title: '0.1.0', body: '- a' });
    assert.deepEqual(changes('0.2.0', text), { title: '0.2.0 (unreleased)', body: '- b' });
    assert.equal(changes('0.1', text), undefined);
    assert.ok(file('NOTES.md').toString().startsWith(changes(PACKAGE.version)?.body ?? '?'));
  });
  await check('a tag that is not the version is refused', async () => {
    assert.match(objections('v9.9.9').join('\n'), /the tag is v9\.9\.9, but Cargo\.toml has version/);
    assert.doesNotMatch(objections(`v${PACKAGE.version}`).join('\n'), /the tag is/);
    await assert.rejects(run(process.execPath, ['js/scripts/release.mjs', '--check', 'v9.9.9'], { cwd: ROOT }), /v9\.9\.9 must not be published/);
  });
  await checkWorkflows(check);
  return finish();
});

/** The crates that the page lists, as `name version scope`: those of the npm package, or all. @param {'npm' | 'both'} which */
function documented(which) {
  const [npm, more] = readFileSync(join(ROOT, 'docs/supply-chain.md'), 'utf8').split('The crate with its default feature `typed`');
  const rows = (/** @type {string} */ text) => [...text.matchAll(/^\| (\S+) \| (\d\S*) \| .* \| (yes|at compile time) \|$/gm)]
    .map(([, name, version, how]) => `${name} ${version} ${how === 'yes' ? 'required' : 'excluded'}`);
  assert.ok(rows(npm).length > 10 && rows(more).length > 5);
  // The typed API does without the small allocator of the npm package, and what that needs.
  const all = [...rows(npm), ...rows(more)].filter((row) => which === 'npm' || !/^(lol_alloc|spin|lock_api|scopeguard) /.test(row));
  return (which === 'npm' ? rows(npm) : all).sort();
}
