// @ts-check
// The runtimes and ways of loading that every change is tried in: each makes the one call of scenario.mjs (or .cjs).
// `make matrix` runs them too, beside its own.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, runInChromium, runPage } from '../harness/chromium.mjs';
import { runPageInFirefox } from '../harness/firefox.mjs';
import { tool, toolPath } from '../harness/project.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { runPageInWebKit } from '../harness/webkit.mjs';
import { OLD_DATE, newestDate, runInWorkerd } from '../harness/workerd.mjs';
import { BUN, DENO, NODE_22, NODE_NEWEST } from './runtimes.mjs';

/** The files that a project needs for the ways below. */
export const FILES = ['scenario.mjs', 'scenario.cjs', 'refused.mjs'].map((name) => new URL(name, import.meta.url));

/**
 * A page without a bundler maps each name of the package to the module that `import` gets, and needs nothing else.
 * @param {string} folder
 */
export function importMap(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'node_modules/ivs-wasm/package.json'), 'utf8'));
  const entries = Object.entries(exports).filter(([, target]) => target.import);
  const imports = Object.fromEntries(entries.map(([key, target]) => [key.replace(/^\./, 'ivs-wasm'), join('/node_modules/ivs-wasm', target.import.default)]));
  return `<!doctype html><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify({ imports })}</script>`;
}

/** As the harness finds it. */
const firefoxBinary = () => process.env.IVS_WASM_FIREFOX ?? ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((place) => existsSync(place)) ?? 'firefox';

/** What only Deno needs to be told. @param {string[]} permissions */
export const deno = (permissions) => ({ command: DENO, args: ['run', '--quiet', '--no-prompt', ...permissions] });

/** @typedef {{ names: string[], name?: string, arn?: string }} Outcome */
/** @typedef {{ title: string, group: string, how: string, versions: () => string | Promise<string>, run: (value: object) => Promise<Outcome> }} Way */

/**
 * @param {string} folder the user's project
 * @param {string} [name] of the scenarios in it: NAME.mjs and NAME.cjs
 * @returns {Promise<Way[]>}
 */
export async function ways(folder, name = 'scenario') {
  const es = (value, how) => runInCommand(folder, `${name}.mjs`, value, how);
  const common = (value, how) => runInCommand(folder, `${name}.cjs`, value, how);
  const workerd = (value, how) => runInWorkerd(folder, `${name}.mjs`, value, how);
  const newest = await newestDate();
  const said = (command, title) => `${title} ${execFileSync(command, ['--version'], { encoding: 'utf8' }).match(/\d+(\.\d+)+/)?.[0]}`;
  const row = (group, title, versions, how, run) => ({ group, title, versions, how, run });
  const node = (title, command) => ['import', 'require'].map((how) =>
    row('runtimes', `${title}, ${how}`, () => said(command, 'Node'), how, (value) => (how === 'import' ? es : common)(value, { command })));
  const workerdVersion = async () => `workerd ${(await tool('workerd')).version ?? newest}`;
  const worker = (date, compatibilityFlags) => (value) => workerd(value, { compatibilityDate: date, compatibilityFlags });
  return [
    ...node('Node 20', process.execPath),
    ...node('Node 22', NODE_22),
    ...node('Node newest', NODE_NEWEST),
    row('runtimes', 'Deno', () => said(DENO, 'Deno'), 'import without permissions, `--allow-net` for calls', (value) => es(value, deno(['--allow-net=127.0.0.1']))),
    row('runtimes', 'Bun, import', () => said(BUN, 'Bun'), 'import', (value) => es(value, { command: BUN })),
    row('runtimes', 'Bun, require', () => said(BUN, 'Bun'), 'require', (value) => common(value, { command: BUN })),
    row('workers', `workerd, compatibility date ${OLD_DATE}`, workerdVersion, 'miniflare', worker(OLD_DATE)),
    row('workers', 'workerd, newest compatibility date', workerdVersion, 'miniflare', worker(newest)),
    row('workers', 'workerd, newest date, nodejs_compat', workerdVersion, 'miniflare', worker(newest, ['nodejs_compat'])),
    row('bundlers', 'esbuild', () => `esbuild ${JSON.parse(readFileSync(join(toolPath('esbuild'), '../../package.json'), 'utf8')).version}`,
      'no configuration, code splitting', (value) => runInChromium(folder, `${name}.mjs`, value)),
    row('browsers', 'Chromium, module page without a bundler', async () => `Chromium ${(await chromium()).version()}`, 'import map',
      (value) => runPage(folder, `/${name}.mjs`, value, { html: importMap(folder) })),
    row('browsers', 'WebKit, module page without a bundler', () => 'WebKitGTK', 'import map',
      (value) => runPageInWebKit(folder, `/${name}.mjs`, value, { html: importMap(folder) })),
    row('browsers', 'Firefox, module page without a bundler', () => said(firefoxBinary(), 'Firefox'), 'import map',
      (value) => runPageInFirefox(folder, `/${name}.mjs`, value, { html: importMap(folder) })),
  ];
}
