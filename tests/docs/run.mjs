// @ts-check
// Runs every example of the documentation against the local endpoint with the packed library, and follows every link.
// Each example finds a fresh world (world.mjs). It passes if it ends without an error and makes no call that IVS would refuse
// as malformed: a ValidationException or a failed signature, even one that the example catches, fails it. One that is a whole
// Worker (`js run worker`) is given a request and has to answer it with status 200.
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

/** Blocks that are compiled, but not run, by page and heading, with the reason. */
const NOT_RUN = new Map([
  ['docs/credentials.md Amazon Cognito', "it needs AWS's package of providers and an identity pool"],
  ['docs/migrating-from-v2.md From AWS SDK for JavaScript v2', 'two ways to import the same names, side by side; tests/v2 runs programs with either'],
  ['docs/migrating-from-v2.md Credentials for the modern client', 'needs an identity pool of Amazon Cognito, which the local endpoint has not'],
  ['docs/reference/README.md Reference', 'it is the client that the other examples find'],
]);

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

/**
 * Writes the block as a module whose variables come from the world, and runs it.
 * @param {string} code @param {boolean} isWorker
 */
async function runExample(code, isWorker) {
  const { endpoint, fetch, environment, variables, worker } = await world(createIvs, library);
  const before = endpoint.control.calls().length;
  const imports = [...code.matchAll(/^import .*$/gm)].map(([line]) => line).join('\n');
  const declared = Object.keys(variables).filter((name) => !new RegExp(`\\b(?:const|let|class|function) (?:${name}\\b|\\{[^}=]*\\b${name}\\b[^}=]*\\})`).test(code));
  const body = code.replace(/^import .*$/gm, '').replace(/^export default /gm, 'return ');
  const module = join(project, `example-${serial += 1}.mjs`);
  writeFileSync(module, `${imports}\nexport default async ({ ${declared.join(', ')} }) => {\n${body}\n};\n`);
  globalThis.fetch = fetch;
  Object.assign(process.env, environment);
  console.log = () => {};
  try {
    const result = await (await import(pathToFileURL(module).href)).default(variables);
    if (isWorker) {
      const response = await result.fetch(worker.request(), worker.env);
      if (response.status !== 200) throw new Error(`the Worker answered ${response.status}: ${await response.text()}`);
    }
    // A call whose Promise is not awaited, as with a callback, ends soon after.
    await new Promise((done) => setTimeout(done, 20));
  } finally {
    globalThis.fetch = realFetch;
    for (const name of Object.keys(environment)) delete process.env[name];
    console.log = log;
  }
  const calls = endpoint.control.calls().slice(before);
  if (isWorker && !calls.length) throw new Error('the Worker made no call');
  const bad = calls.filter(({ error }) => error && MALFORMED.has(error));
  if (bad.length) throw new Error(`${bad[0].operation} was refused: ${bad[0].error}`);
}

const called = new Set();
for (const file of files) {
  for (const { place, heading, tags, code } of blocks(ROOT, file)) {
    if (!tags.includes('run')) continue;
    for (const [, method] of code.matchAll(/\bivs\.(\w+)\(/g)) called.add(method);
    await check(`${place} ${heading}`, () => runExample(code, tags.includes('worker')));
  }
}

await check(`every block runs, but for ${NOT_RUN.size} with a reason`, () => {
  const still = files.flatMap((file) => blocks(ROOT, file).filter(({ tags }) => !tags.includes('run'))
    .map(({ heading }) => `${relative(ROOT, file)} ${heading}`));
  if (JSON.stringify(still) !== JSON.stringify([...NOT_RUN.keys()])) throw new Error(`not run: ${still.join(', ')}`);
});

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
