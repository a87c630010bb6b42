// @ts-check
// What the runners share: a user's project with the packed library and the suite in one file, an endpoint, the report.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { ROOT, tool } from '../harness/project.mjs';
import { startServer } from '../../js/mock/server.js';

/** @typedef {{ passed: number, failed: number, lines: string[] }} Report */

/**
 * Runs the suite in one runtime or several and ends the program. `part` of a case's name may be given on the command line.
 * @param {Record<string, (folder: string, file: string, input: any) => Promise<Report>>} runtimes
 */
export const main = (runtimes) => runMain(async () => {
  const folder = await installPackage({ name: 'conformance', files: [new URL('scenario.mjs', import.meta.url)] });
  writeFileSync(join(folder, 'suite.mjs'), await bundleSuite());
  const total = { passed: 0, failed: 0 };
  for (const [name, start] of Object.entries(runtimes)) {
    const server = await startServer({ seed: name });
    console.log(name);
    try {
      const { passed, failed, lines } = await start(folder, 'scenario.mjs', { endpoint: server.url, only: process.argv[2] });
      console.log(lines.join('\n'));
      console.log(`${name}: ${passed} passed, ${failed} failed`);
      total.passed += passed;
      total.failed += failed;
    } catch (error) {
      console.log(`  FAIL  ${name} did not get to its end: ${/** @type {Error} */ (error).message}`);
      total.failed++;
    } finally {
      await server.close();
    }
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed || !total.passed ? 1 : 0;
});

/** The suite and the endpoint as one module: the project it goes into has nothing but the library. */
async function bundleSuite() {
  const esbuild = await tool('esbuild');
  const contents = "export { run } from './tests/conformance/suite.js'; export { createIvs } from './js/mock/index.js';";
  const { outputFiles } = await esbuild.build({ stdin: { contents, resolveDir: ROOT }, bundle: true, format: 'esm', target: 'es2022', write: false });
  return outputFiles[0].text;
}
