// @ts-check
// One install, zero configuration: the packed library in each runtime and way of loading, by one signed call that
// moto answers after botocore has checked the signature.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { addText, installPackage } from '../harness/install.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { CREDENTIALS, startMoto } from '../harness/server.mjs';
import { table } from '../harness/table.mjs';
import { checkClasses } from './classes.mjs';
import { checkProxies } from './proxies.mjs';
import { checkRules } from './rules.mjs';
import { installRuntimes } from './runtimes.mjs';
import { checkSlim } from './slim.mjs';
import { checkSurface } from './surface.mjs';
import { checkTarball } from './tarball.mjs';
import { checkTroubleshooting } from './troubleshooting.mjs';
import { FILES, deno, ways } from './ways.mjs';

await runMain(async () => {
  await installRuntimes();
  const { check, finish } = checks('the packed library in every runtime');
  const [folder, server] = await Promise.all([installPackage({ name: 'packaging', files: FILES }), startMoto()]);
  const options = { endpoint: server.url, region: 'us-west-2', credentials: CREDENTIALS };

  await checkTarball(check, join(folder, 'node_modules/ivs-wasm'));
  await checkSurface(check, folder);
  let names;
  const rows = [];
  for (const { title, run } of await ways(folder)) {
    const name = title.replace(/[^\w-]+/g, '_');
    await check(title, async () => {
      const { result, seen } = await server.watch(() => run({ ...options, name }));
      const calls = seen.filter((line) => line.verdict !== 'preflight');
      rows.push([title, calls.map((line) => `${line.status} ${line.verdict}`).join(', '), result.arn]);
      assert.equal(result.name, name);
      assert.match(result.arn ?? '', /:channel\//);
      assert.deepEqual(calls.map((line) => [line.target, line.status, line.verdict]), [['/CreateChannel', 200, 'signed']]);
      names ??= result.names;
      assert.deepEqual(result.names, names, 'every way of loading gives the same names');
    });
  }
  await checkRules(check, folder, options);
  await checkClasses(check, folder);
  await checkProxies(check, folder, options);
  await checkSlim(check, folder, options);
  await checkTroubleshooting(check, folder, options);
  await check('Deno imports it without any permission', async () => {
    assert.deepEqual((await runInCommand(folder, 'scenario.mjs', {}, deno([]))).names, names);
  });
  console.log(`\n${table(['runtime', 'answer', 'result'], rows)}\n`);
  await check('Deno imports every entry without any permission', async () => {
    const { exports } = JSON.parse(readFileSync(join(folder, 'node_modules/ivs-wasm/package.json'), 'utf8'));
    const entries = Object.keys(exports).filter((key) => exports[key].import).map((key) => key.replace(/^\./, 'ivs-wasm'));
    assert.ok(entries.length > 4);
    addText(folder, 'every.mjs', `${entries.map((entry) => `import '${entry}';`).join('\n')}\nexport default async () => ({ imported: true });`);
    assert.deepEqual(await runInCommand(folder, 'every.mjs', {}, deno([])), { imported: true });
  });
  return finish();
});
