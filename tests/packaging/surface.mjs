// @ts-check
// The public surface of the packed library, held to surface.txt: what each entry exports at run time and what it declares.
// A change on purpose: node tests/packaging/surface.mjs --bless
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanUp } from '../harness/cleanup.mjs';
import { addText, installPackage } from '../harness/install.mjs';
import { tool } from '../harness/project.mjs';
import { runInCommand } from '../harness/scenario.mjs';

const REPORT = new URL('surface.txt', import.meta.url);
const BLESS = 'node tests/packaging/surface.mjs --bless';

/** One line for each thing that users can rely on; what another entry has already said is not said again. @param {string} folder a project with the packed library */
async function surface(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'node_modules/ivs-wasm/package.json'), 'utf8'));
  const lines = [`The public surface. Written by ${BLESS}; changed only on purpose.`];
  /** @type {Map<string, string>} */
  const said = new Map();
  for (const key of Object.keys(exports)) {
    const name = key.replace(/^\./, 'ivs-wasm');
    lines.push('', `== ${name}`);
    if (/\.(wasm|json)$/.test(key)) {
      lines.push('a file');
      continue;
    }
    const parts = { ...await atRunTime(folder, name), ...await declared(folder, name) };
    for (const [title, members] of Object.entries(parts)) {
      const text = [title, ...members.map((member) => `  ${member}`)].join('\n');
      const other = said.get(text);
      lines.push(other ? `${title}: as in ${other}` : text);
      if (!other) said.set(text, name);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** What import gives, with the members of classes; require must give the same. @param {string} folder @param {string} name @returns {Promise<Record<string, string[]>>} */
async function atRunTime(folder, name) {
  const describe = `const dull = ['length', 'name', 'prototype', 'constructor', '__esModule', 'module.exports'];
    const names = (it, mark = '') => Object.getOwnPropertyNames(it).filter((name) => !dull.includes(name)).sort().map((name) => mark + name);
    const describe = (library) => Object.fromEntries(Object.keys(library).filter((name) => !dull.includes(name)).sort().map((name) => {
      const it = library[name];
      if (typeof it !== 'function') return ['value ' + name + ': ' + typeof it, []];
      const members = [...names(it, 'static '), ...names(it.prototype ?? {})].filter((name) => !/^static (arguments|caller)$/.test(name));
      // What inherits in the way of ES5 is a function with members.
      return ['value ' + name + ': ' + (/^class/.test(Function.prototype.toString.call(it)) ? 'class' : 'function'), members];
    }));`;
  addText(folder, 'surface.mjs', `import * as library from '${name}';\n${describe}
    const whole = library['module.exports'];
    export default async () => ({ imported: describe(library), whole: whole && describe(whole) });`);
  addText(folder, 'surface.cjs', `const library = require('${name}');\n${describe}\nmodule.exports = async () => describe(library);`);
  const { imported, whole } = await runInCommand(folder, 'surface.mjs', {});
  const required = await runInCommand(folder, 'surface.cjs', {});
  // An entry that exports something as 'module.exports' gives that to require(), as SDK v2 does.
  assert.deepEqual(required, whole ?? imported, `require('${name}') gives what import gives`);
  return whole ? { ...imported, ...Object.fromEntries(Object.entries(required).map(([title, members]) => [`of the default: ${title}`, members])) } : imported;
}

/** Every exported declaration as TypeScript prints it: classes, interfaces and namespaces by their members. @param {string} folder @param {string} name @returns {Promise<Record<string, string[]>>} */
async function declared(folder, name) {
  const ts = await tool('typescript');
  const file = join(folder, 'surface.ts');
  addText(folder, 'surface.ts', `export * from '${name}';`);
  const { ModuleKind: { NodeNext: module }, ModuleResolutionKind: { NodeNext: moduleResolution }, SymbolFlags } = ts;
  const program = ts.createProgram([file], { module, moduleResolution, types: [], strict: true });
  const checker = program.getTypeChecker();
  const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: true });
  const print = (/** @type {any} */ node) => printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replace(/\s+/g, ' ');
  const printAll = (/** @type {any} */ { declarations = [] }) => declarations.map(print);
  const withMembers = SymbolFlags.Class | SymbolFlags.Interface | SymbolFlags.Namespace;
  const found = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file))).map((/** @type {any} */ symbol) => {
    const target = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (!(target.flags & withMembers)) return [`type ${symbol.name}`, printAll(target)];
    const members = [...(target.members?.values() ?? []), ...(target.exports?.values() ?? [])].filter(({ name: member }) => member !== 'prototype');
    return [`type ${symbol.name}`, members.flatMap(printAll).sort()];
  });
  return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** @param {(name: string, body: () => unknown) => Promise<unknown>} check @param {string} folder */
export const checkSurface = (check, folder) => check('the public surface is the one in surface.txt', async () => {
  const [now, before] = [await surface(folder), readFileSync(REPORT, 'utf8')];
  if (now === before) return;
  const [nowLines, beforeLines] = [now.split('\n'), before.split('\n')];
  const changes = [
    ...beforeLines.filter((line) => !nowLines.includes(line)).map((line) => `- ${line}`),
    ...nowLines.filter((line) => !beforeLines.includes(line)).map((line) => `+ ${line}`),
  ];
  throw new Error(`it has changed; if on purpose: ${BLESS}\n${changes.slice(0, 60).join('\n')}`);
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = await surface(await installPackage({ name: 'surface' }));
  if (process.argv.includes('--bless')) writeFileSync(REPORT, report);
  else console.log(report);
  await cleanUp();
}
