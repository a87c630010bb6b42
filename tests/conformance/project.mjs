// @ts-check
// What the runners share: a user's project with the packed library and the suite in one file, an endpoint, the report.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { ROOT, tool } from '../harness/project.mjs';
import { inTurn } from '../harness/reports.mjs';
import { startServer } from '../../js/mock/server.js';

/** @typedef {import('../harness/reports.mjs').Report} Report */

/**
 * Runs the suite in one runtime or several and ends the program. `part` of a case's name may be given on the command line.
 * @param {Record<string, (folder: string, file: string, input: any) => Promise<Report>>} runtimes
 */
export const main = (runtimes) => runMain(async () => {
  const folder = await installPackage({ name: 'conformance', files: [new URL('scenario.mjs', import.meta.url)] });
  writeFileSync(join(folder, 'suite.mjs'), await bundleSuite());
  const on = (/** @type {string} */ name) => async () => {
    const server = await startServer({ seed: name });
    console.log(name);
    return runtimes[name](folder, 'scenario.mjs', { endpoint: server.url, only: process.argv[2] }).finally(() => server.close());
  };
  return inTurn(Object.fromEntries(Object.keys(runtimes).map((name) => [name, on(name)])));
});

/** The suite and the endpoint as one module: the project it goes into has nothing but the library. */
async function bundleSuite() {
  const esbuild = await tool('esbuild');
  const contents = "export { run } from './tests/conformance/suite.js'; export { createIvs } from './js/mock/index.js';";
  const { outputFiles } = await esbuild.build({ stdin: { contents, resolveDir: ROOT }, bundle: true, format: 'esm', target: 'es2022', write: false });
  return outputFiles[0].text;
}
