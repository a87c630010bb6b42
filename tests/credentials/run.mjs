// @ts-check
// The providers in Node and workerd, with the packed library. An argument names the runtimes to run.
import { runMain } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { OLD_DATE, runInWorkerd } from '../harness/workerd.mjs';

/** @typedef {{ passed: number, failed: number, lines: string[] }} Report */

/** @type {Record<string, (folder: string) => Promise<Report>>} */
const RUNTIMES = {
  Node: (folder) => runInCommand(folder, 'scenario.mjs', {}),
  workerd: (folder) => runInWorkerd(folder, 'scenario.mjs', {}),
  [`workerd as of ${OLD_DATE}`]: (folder) => runInWorkerd(folder, 'scenario.mjs', {}, { compatibilityDate: OLD_DATE }),
};

await runMain(async () => {
  const files = ['answers.mjs', 'scenario.mjs'].map((name) => new URL(name, import.meta.url));
  const folder = await installPackage({ name: 'credentials', files });
  const total = { passed: 0, failed: 0 };
  for (const [name, start] of Object.entries(RUNTIMES)) {
    if (process.argv[2] && !name.includes(process.argv[2])) continue;
    const { passed, failed, lines } = await start(folder);
    for (const line of lines) console.log(line);
    console.log(`${name}: ${passed} passed, ${failed} failed`);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed || !total.passed ? 1 : 0;
});
