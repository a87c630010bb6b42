// @ts-check
// Compiles the cases against the declarations as a user of the package does: strictly, under each way of resolving modules.
// A case fails on any error that it does not announce with @ts-expect-error, and on any announced error that does not come.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { declarations } from '../../js/scripts/build/types.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ts = createRequire(join(ROOT, 'js/package.json'))('typescript');

const STRICT = {
  strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true, verbatimModuleSyntax: false, skipLibCheck: false, noEmit: true, types: [],
  target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
};
const RESOLUTIONS = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler },
  node10: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10, ignoreDeprecations: '5.0' },
};

/** A user's project: the cases, and the package with the declarations as the build makes them. */
function project() {
  const folder = mkdtempSync(join(tmpdir(), 'ivs-wasm-types-'));
  const home = join(folder, 'node_modules/ivs-wasm');
  mkdirSync(home, { recursive: true });
  for (const [file, text] of declarations()) {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), text);
  }
  cpSync(join(ROOT, 'tests/types/cases'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }');
  cpSync(join(ROOT, 'pkg/package.json'), join(home, 'package.json'));
  return folder;
}

/**
 * Errors of our own declarations and of each given file, by file name. The libraries of TypeScript itself are not checked.
 * @param {string} folder @param {string[]} files @param {object} resolution
 */
function compile(folder, files, resolution) {
  const program = ts.createProgram(files.map((file) => join(folder, file)), { ...STRICT, ...resolution });
  const say = (diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n    ');
    if (!diagnostic.file) return text;
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    return `${diagnostic.file.fileName.slice(folder.length + 1)}:${line + 1} ${text}`;
  };
  const of = (source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(say);
  const ours = program.getSourceFiles().filter(({ fileName }) => fileName.includes('/node_modules/ivs-wasm/'));
  return {
    declarations: [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()].map(say).concat(ours.flatMap(of)),
    ...Object.fromEntries(files.map((file) => [file, of(program.getSourceFile(join(folder, file)))])),
  };
}

/**
 * Every `any` that the declarations say, as file and line: there should be none. Those of ivs-wasm/v2 are SDK v2's own: code that
 * compiles against its declarations must compile against ours.
 */
function anys() {
  return [...declarations()].filter(([name]) => !/^v2[-./]/.test(name)).flatMap(([name, text]) => {
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    const found = [];
    const visit = (node) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(`${name}:${source.getLineAndCharacterOfPosition(node.pos).line + 1}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** Parts of the facts that have no words: hover texts and the reference would be silent there. */
function silent() {
  const facts = JSON.parse(readFileSync(join(ROOT, 'src/model/ivs.json'), 'utf8'));
  const entries = ['operations', 'shapes', 'errors'].flatMap((kind) => Object.entries(facts[kind]));
  const members = Object.entries(facts.shapes).flatMap(([name, { members = {} }]) =>
    Object.entries(members).map(([key, member]) => /** @type {const} */ ([`${name}.${key}`, member])));
  const errors = Object.entries(facts.errors).filter(([, { remedy }]) => !remedy).map(([code]) => `${code} has no remedy`);
  return [...entries, ...members].filter(([, { doc }]) => !doc).map(([name]) => `${name} has no doc`).concat(errors);
}

let [passed, failed] = [0, 0];
/** @param {string} name @param {string[]} problems */
function report(name, problems) {
  if (problems.length) failed += 1;
  else passed += 1;
  console.log(`  ${problems.length ? 'FAIL' : 'ok  '}  ${name}`);
  for (const problem of problems) console.log(`        ${problem}`);
}

console.log(`Declarations, TypeScript ${ts.version}`);
const folder = project();
try {
  const cases = readdirSync(join(ROOT, 'tests/types/cases'));
  for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
    for (const [file, problems] of Object.entries(compile(folder, cases, resolution))) report(`${file} (${name})`, problems);
  }
  // The test would be worthless if a wrong program compiled.
  writeFileSync(join(folder, 'wrong.ts'), `import { IVS } from 'ivs-wasm';\nnew IVS().getChannel({ arn: 7 });\n`);
  report('a wrong program is refused', compile(folder, ['wrong.ts'], RESOLUTIONS.node16)['wrong.ts'].length === 1 ? [] : ['it compiled']);
  report('no any', anys());
  report('everything has words', silent());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
