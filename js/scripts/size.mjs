// @ts-check
// What a page downloads for `import { IVS } from 'ivs-wasm'`: node js/scripts/size.mjs (after build.mjs).
// Bundled by esbuild for browsers, minified, as ONE file (a page with code splitting loads the wasm part at the first
// call). Fails over budget; the last line is counted by `make test`.
import { build } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PKG, VARIANT, WORK, main, manifest } from './build/project.mjs';
import { gzipSize, sizeTable } from './build/sizes.mjs';

// Bytes of gzip -9, for the default build and for the one with flags of stable Rust (build/project.mjs tells the difference),
// whose panics keep their texts. `over` names the entry whose size is taken off: the second entry, which has a wasm of its own, costs
// so much more than the first one.
// `budget` is what the design asks for and fails the run, `goal` what it hopes for.
const BUDGETS = [
  { name: 'ivs-wasm', source: "export { IVS } from 'ivs-wasm'", file: 'index.js', budget: { release: 34_000, stable: 40_000 }, goal: 26_000 },
  { name: 'ivs-wasm/v2', source: "export * from 'ivs-wasm/v2'", file: 'v2.js', budget: { release: 12_000, stable: 12_000 }, goal: 8_000, over: 'ivs-wasm' },
  { name: 'ivs-wasm/slim', source: "export { IVS } from 'ivs-wasm/slim'", file: 'slim.js' },
];

await main(async () => {
  mkdirSync(join(WORK, 'size'), { recursive: true });
  /** @type {[string, Uint8Array][]} */
  const rows = [];
  const report = [];
  let passed = 0, failed = 0;
  for (const { name, source, file, budget, goal, over } of BUDGETS) {
    if (!existsSync(join(PKG, file))) continue;
    const data = await bundle(name, source);
    rows.push([name, data]);
    if (budget === undefined) continue;
    const base = over ? gzipSize(/** @type {[string, Uint8Array]} */ (rows.find(([other]) => other === over))[1]) : 0;
    const size = gzipSize(data) - base;
    const most = budget[VARIANT];
    size <= most ? (passed += 1) : (failed += 1);
    report.push(`  ${name}${over ? ` on top of ${over}` : ''}, ${VARIANT}: ${size} bytes gzip, budget ${most}: ${size <= most ? 'ok' : `OVER by ${size - most}`}; goal ${goal}`);
  }
  for (const part of ['ivs.wasm', 'wasm.js', 'index.js', 'v2.wasm', 'v2-wasm.js', 'v2.js']) rows.push([`  pkg/${part}`, readFileSync(join(PKG, part))]);
  console.log(sizeTable(rows));
  console.log(report.join('\n'));
  console.log(`${passed} passed, ${failed} failed`);
  if (failed || !passed) process.exitCode = 1;
});

/** @param {string} name @param {string} source */
async function bundle(name, source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: PKG, sourcefile: 'page.js' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'warning',
    legalComments: 'none',
    plugins: [{
      name: 'the package itself',
      setup({ onResolve }) {
        // As a bundler would: the exports map of the package, conditions of a browser build.
        onResolve({ filter: /^ivs-wasm(\/|$)/ }, ({ path }) => ({ path: join(PKG, exported(path.replace('ivs-wasm', '.'))) }));
      },
    }],
  });
  const [file] = outputFiles;
  writeFileSync(join(WORK, 'size', `${name.replaceAll('/', '-')}.js`), file.contents);
  return file.contents;
}

/** @param {string} subpath */
function exported(subpath) {
  const found = manifest().exports[subpath];
  const path = found?.import?.default ?? found?.default ?? found;
  if (typeof path !== 'string') throw new Error(`package.json exports no ${subpath}`);
  return path;
}
