// @ts-check
// Compiles the same program twice: against aws-sdk's declarations, and with the imports changed against ours.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { declarations } from '../../js/scripts/build/types.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ts = createRequire(join(ROOT, 'js/package.json'))('typescript');

const folder = mkdtempSync(join(tmpdir(), 'ivs-wasm-v2-types-'));
const home = join(folder, 'node_modules/ivs-wasm');
for (const [file, text] of declarations()) {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), text);
}
cpSync(join(ROOT, 'pkg/package.json'), join(home, 'package.json'));
symlinkSync(join(ROOT, 'js/node_modules/aws-sdk'), join(folder, 'node_modules/aws-sdk'));
symlinkSync(join(ROOT, 'js/node_modules/@types'), join(folder, 'node_modules/@types'));
writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true }');

const cases = new URL('types/', import.meta.url);
let [passed, failed] = [0, 0];
for (const name of readdirSync(cases)) {
  const text = readFileSync(new URL(name, cases), 'utf8');
  const ours = text.replace(/'aws-sdk\/clients\/ivs'/g, "'ivs-wasm/v2/ivs'").replace(/'aws-sdk(\/lib\/\w+)?'/g, "'ivs-wasm/v2'");
  for (const [whose, source] of [['aws-sdk', text], ['ivs-wasm/v2', ours]]) {
    if (whose === 'aws-sdk' && name.startsWith('own-')) continue; // what only ours has
    const file = join(folder, `${whose.split('/')[0]}-${name}`);
    writeFileSync(file, source);
    const options = { strict: true, noEmit: true, esModuleInterop: true, skipLibCheck: whose === 'aws-sdk', target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, types: ['node'], typeRoots: [join(folder, 'node_modules/@types')] };
    const program = ts.createProgram([file], options);
    const problems = ts.getPreEmitDiagnostics(program).filter((/** @type {any} */ one) => !one.file || !/aws-sdk\/|@types\//.test(one.file.fileName));
    for (const one of problems) {
      const line = one.file ? one.file.getLineAndCharacterOfPosition(one.start).line + 1 : 0;
      console.log(`  ${name}:${line} (${whose}) ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`);
    }
    console.log(`  ${problems.length ? 'FAIL' : 'ok  '}  ${name} against ${whose}`);
    if (problems.length) failed++;
    else passed++;
  }
}
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;
