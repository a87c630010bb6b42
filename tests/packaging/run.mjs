// @ts-check
// One install, zero configuration: the packed library in each runtime and way of loading, by one signed call that
// moto answers after botocore has checked the signature.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../harness/checks.mjs';
import { runInChromium, runPage } from '../harness/chromium.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { runPageInFirefox } from '../harness/firefox.mjs';
import { installPackage } from '../harness/install.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { CREDENTIALS, startMoto } from '../harness/server.mjs';
import { table } from '../harness/table.mjs';
import { runPageInWebKit } from '../harness/webkit.mjs';
import { OLD_DATE, newestDate, runInWorkerd } from '../harness/workerd.mjs';
import { checkRules } from './rules.mjs';
import { BUN, DENO, NODE_22, NODE_NEWEST, installRuntimes } from './runtimes.mjs';
import { checkTarball } from './tarball.mjs';

const FILES = ['scenario.mjs', 'scenario.cjs', 'refused.mjs'].map((name) => new URL(name, import.meta.url));

/**
 * A page without a bundler maps the package's name to the module that `import` gets, and needs nothing else.
 * @param {string} folder
 */
function importMap(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'node_modules/ivs-wasm/package.json'), 'utf8'));
  const { import: module } = exports['.'];
  const imports = { 'ivs-wasm': join('/node_modules/ivs-wasm', module.default ?? module) };
  return `<!doctype html><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify({ imports })}</script>`;
}

await runMain(async () => {
  await installRuntimes();
  const { check, finish } = checks('the packed library in every runtime');
  const [folder, server] = await Promise.all([installPackage({ name: 'packaging', files: FILES }), startMoto()]);
  const options = { endpoint: server.url, region: 'us-west-2', credentials: CREDENTIALS };
  const deno = (permissions) => ({ command: DENO, args: ['run', '--quiet', '--no-prompt', ...permissions] });
  const newest = await newestDate();

  const es = (value, how) => runInCommand(folder, 'scenario.mjs', value, how);
  const common = (value, how) => runInCommand(folder, 'scenario.cjs', value, how);
  const workerd = (value, how) => runInWorkerd(folder, 'scenario.mjs', value, how);
  /** @type {Record<string, (value: object) => Promise<{names: string[], name?: string, arn?: string}>>} */
  const ways = {
    [`Node ${process.version}, import`]: es,
    [`Node ${process.version}, require`]: common,
    'Node 22, import': (value) => es(value, { command: NODE_22 }),
    'Node 22, require': (value) => common(value, { command: NODE_22 }),
    'Node newest, import': (value) => es(value, { command: NODE_NEWEST }),
    'Node newest, require': (value) => common(value, { command: NODE_NEWEST }),
    'Deno, only the network of one host allowed': (value) => es(value, deno(['--allow-net=127.0.0.1'])),
    'Bun, import': (value) => es(value, { command: BUN }),
    'Bun, require': (value) => common(value, { command: BUN }),
    [`workerd, compatibility date ${OLD_DATE}`]: (value) => workerd(value, { compatibilityDate: OLD_DATE }),
    [`workerd, compatibility date ${newest}`]: (value) => workerd(value, { compatibilityDate: newest }),
    [`workerd, ${newest}, nodejs_compat`]: (value) => workerd(value, { compatibilityDate: newest, compatibilityFlags: ['nodejs_compat'] }),
    'Chromium, bundled by esbuild': (value) => runInChromium(folder, 'scenario.mjs', value),
    'Chromium, module page without a bundler': (value) => runPage(folder, '/scenario.mjs', value, { html: importMap(folder) }),
    'WebKit, module page without a bundler': (value) => runPageInWebKit(folder, '/scenario.mjs', value, { html: importMap(folder) }),
    'Firefox, module page without a bundler': (value) => runPageInFirefox(folder, '/scenario.mjs', value, { html: importMap(folder) }),
  };

  await checkTarball(check, join(folder, 'node_modules/ivs-wasm'));
  let names;
  const rows = [];
  for (const [title, run] of Object.entries(ways)) {
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
  await check('Deno imports it without any permission', async () => {
    assert.deepEqual((await es({}, deno([]))).names, names);
  });
  console.log(`\n${table(['runtime', 'answer', 'result'], rows)}\n`);
  return finish();
});
