// @ts-check
// The programs in Node (by import and by require), workerd, Chromium and Firefox, with the packed library.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInChromium } from '../harness/chromium.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { runPageInFirefox } from '../harness/firefox.mjs';
import { installPackage } from '../harness/install.mjs';
import { tool } from '../harness/project.mjs';
import { inTurn } from '../harness/reports.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { scratchFolder } from '../harness/scratch.mjs';
import { OLD_DATE, runInWorkerd } from '../harness/workerd.mjs';
import { compareSample } from './sample.mjs';

/** @typedef {import('../harness/reports.mjs').Report} Report */

/** Bundles a scenario as an application would be. @param {string} folder @param {string} file @returns {Promise<string>} the folder of the site */
async function bundled(folder, file) {
  const esbuild = await tool('esbuild');
  const site = scratchFolder('site');
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(folder, file)], outdir: site, entryNames: 'scenario', bundle: true, format: 'esm', splitting: true, minify: true,
    platform: 'browser', logLevel: 'silent', write: false,
  });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  return site;
}

/** @type {Record<string, (folder: string) => Promise<Report>>} */
const RUNTIMES = {
  'Node, import': (folder) => runInCommand(folder, 'scenario.mjs', {}),
  'Node, a sample as it stands': () => compareSample(),
  'Node, require': (folder) => runInCommand(folder, 'required.cjs', {}),
  workerd: (folder) => runInWorkerd(folder, 'scenario.mjs', {}),
  [`workerd as of ${OLD_DATE}`]: (folder) => runInWorkerd(folder, 'scenario.mjs', {}, { compatibilityDate: OLD_DATE }),
  Chromium: (folder) => runInChromium(folder, 'scenario.mjs', {}),
  Firefox: async (folder) => runPageInFirefox(await bundled(folder, 'scenario.mjs'), '/scenario.js', {}),
};

await runMain(async () => {
  const files = ['programs.mjs', 'scenario.mjs', 'required.cjs'].map((name) => new URL(name, import.meta.url));
  const folder = await installPackage({ name: 'v2', files });
  const wanted = Object.entries(RUNTIMES).filter(([name]) => !process.argv[2] || name.includes(process.argv[2]));
  return inTurn(Object.fromEntries(wanted.map(([name, start]) => [name, () => start(folder)])));
});
