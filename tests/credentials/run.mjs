// @ts-check
// The providers in Node and workerd, with the packed library. An argument names the runtimes to run.
import { runMain } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { inTurn } from '../harness/reports.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { OLD_DATE, runInWorkerd } from '../harness/workerd.mjs';

/** @typedef {import('../harness/reports.mjs').Report} Report */

/** @type {Record<string, (folder: string) => Promise<Report>>} */
const RUNTIMES = {
  Node: (folder) => runInCommand(folder, 'scenario.mjs', {}),
  workerd: (folder) => runInWorkerd(folder, 'scenario.mjs', {}),
  [`workerd as of ${OLD_DATE}`]: (folder) => runInWorkerd(folder, 'scenario.mjs', {}, { compatibilityDate: OLD_DATE }),
};

await runMain(async () => {
  const files = ['answers.mjs', 'scenario.mjs'].map((name) => new URL(name, import.meta.url));
  const folder = await installPackage({ name: 'credentials', files });
  const wanted = Object.entries(RUNTIMES).filter(([name]) => !process.argv[2] || name.includes(process.argv[2]));
  return inTurn(Object.fromEntries(wanted.map(([name, start]) => [name, () => start(folder)])));
});
