// @ts-check
// Runs every example of the documentation against the local endpoint with the packed library, and follows every link.
// Each example finds a fresh world (world.mjs). It passes if it ends without an error and makes no call that IVS would refuse
// as malformed: a ValidationException or a failed signature, even one that the example catches, fails it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createIvs } from '../../js/mock/index.js';
import { checks } from '../harness/checks.mjs';
import { cleanUp } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { ROOT } from '../harness/project.mjs';
import { anchors, blocks, links, pages } from './blocks.mjs';
import { world } from './world.mjs';

const MALFORMED = new Set(['ValidationException', 'InvalidSignatureException', 'SignatureDoesNotMatch', 'IncompleteSignature', 'UnknownOperationException']);

const { check, finish } = checks('Documentation');
const files = pages(ROOT);

for (const file of files) {
  await check(`links of ${relative(ROOT, file)}`, () => {
    for (const { target, anchor } of links(file)) {
      const at = target ? resolve(dirname(file), target) : file;
      if (!existsSync(at)) throw new Error(`no file ${target}`);
      if (anchor && !anchors(at).has(anchor)) throw new Error(`no heading #${anchor} in ${target || 'this page'}`);
    }
  });
}

/** Compiles a block without running it; `await` at the top is allowed, as in a module. @param {string} code */
function parse(code) {
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  return new AsyncFunction(code.replace(/^import .*$/gm, '').replace(/^export default /gm, 'void '));
}

for (const file of files) {
  await check(`every block of ${relative(ROOT, file)} is JavaScript`, () => {
    for (const { place, code } of blocks(ROOT, file)) {
      try {
        parse(code);
      } catch (error) {
        throw new Error(`${place}: ${error.message}`);
      }
    }
  });
}

const project = await installPackage({ name: 'docs' });
writeFileSync(join(project, 'library.mjs'), "export * from 'ivs-wasm';\n");
const library = await import(pathToFileURL(join(project, 'library.mjs')).href);
const realFetch = globalThis.fetch;
const log = console.log;
let serial = 0;

/** Writes the block as a module whose variables come from the world, and runs it. @param {string} code */
async function runExample(code) {
  const { endpoint, variables } = await world(createIvs, library);
  const before = endpoint.control.calls().length;
  const imports = [...code.matchAll(/^import .*$/gm)].map(([line]) => line).join('\n');
  const declared = Object.keys(variables).filter((name) => !new RegExp(`\\b(?:const|let|class|function) (?:${name}\\b|\\{[^}=]*\\b${name}\\b[^}=]*\\})`).test(code));
  const module = join(project, `example-${serial += 1}.mjs`);
  writeFileSync(module, `${imports}\nexport default async ({ ${declared.join(', ')} }) => {\n${code.replace(/^import .*$/gm, '')}\n};\n`);
  globalThis.fetch = endpoint.fetch;
  console.log = () => {};
  try {
    await (await import(pathToFileURL(module).href)).default(variables);
    // A call whose Promise is not awaited, as with a callback, ends soon after.
    await new Promise((done) => setTimeout(done, 20));
  } finally {
    globalThis.fetch = realFetch;
    console.log = log;
  }
  const bad = endpoint.control.calls().slice(before).filter(({ error }) => error && MALFORMED.has(error));
  if (bad.length) throw new Error(`${bad[0].operation} was refused: ${bad[0].error}`);
}

const called = new Set();
for (const file of files) {
  for (const { place, heading, tags, code } of blocks(ROOT, file)) {
    if (!tags.includes('run')) continue;
    for (const [, method] of code.matchAll(/\bivs\.(\w+)\(/g)) called.add(method);
    await check(`${place} ${heading}`, () => runExample(code));
  }
}

await check('every operation has an example that runs', () => {
  const { operations } = JSON.parse(readFileSync(join(ROOT, 'src/model/ivs.json'), 'utf8'));
  const missing = Object.keys(operations).filter((method) => !called.has(method));
  if (missing.length) throw new Error(missing.join(', '));
});

await check('every code is on the page of errors', () => {
  const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
  const declarations = readFileSync(join(ROOT, 'js/types/index.d.ts'), 'utf8');
  const union = declarations.slice(declarations.indexOf('type ClientErrorCode')).match(/[^;]*/)?.[0] ?? '';
  const { errors } = JSON.parse(readFileSync(join(ROOT, 'src/model/ivs.json'), 'utf8'));
  const codes = [...[...union.matchAll(/'(\w+)'/g)].map(([, code]) => code), ...Object.keys(errors)];
  const missing = codes.filter((code) => !page.includes(`\`${code}\``) && !page.includes(`### ${code}`));
  if (missing.length || codes.length < 20) throw new Error(`missing: ${missing.join(', ')}`);
});

await cleanUp();
process.exitCode = finish();
