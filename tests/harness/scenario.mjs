// @ts-check
// A scenario is a module whose default export is `async (input) => result`, both JSON. It is written once and
// run in every runtime: here in those that are a command (Node, Deno, Bun); see workerd.mjs and chromium.mjs for the others.
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { run } from './scratch.mjs';

const MARK = 'scenario result: ';

/**
 * Runs `file` of the user's project with Node or another command and gives the scenario's result.
 * A `.cjs` scenario is loaded by require, any other by import.
 * @param {string} folder
 * @param {string} file
 * @param {unknown} input
 * @param {{command?: string, args?: string[], timeout?: number}} [options]
 */
export async function runInCommand(folder, file, input, { command = process.execPath, args = [], timeout } = {}) {
  const common = file.endsWith('.cjs');
  const driver = `drive-${file}`;
  const load = common ? `const scenario = require('./${file}');` : `import scenario from './${file}';`;
  // Input goes in as text of the program: no runtime needs a permission to read that.
  const call = `scenario(${JSON.stringify(input)}).then((result) => console.log('${MARK}' + JSON.stringify(result)));`;
  writeFileSync(join(folder, driver), `${load}\n${call}\n`);
  const { stdout, stderr } = await run(command, [...args, driver], { cwd: folder, timeout });
  const line = stdout.split('\n').find((text) => text.startsWith(MARK));
  if (line === undefined) throw new Error(`${command} ${driver} gave no result\n${stdout}${stderr}`);
  return JSON.parse(line.slice(MARK.length));
}
