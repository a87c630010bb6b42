// @ts-check
// What the two forms of the wasm cost a page: deflated base64 in a chunk (ivs-wasm) and the bare file (ivs-wasm/slim).
//   node tests/matrix/weigh.mjs [--bless]      after `make pack`; --bless writes the numbers into docs/where-it-runs.md
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { chromium } from '../harness/chromium.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { serveFolder } from '../harness/static.mjs';
import { table } from '../harness/table.mjs';
import { writePart } from './page-of-results.mjs';

const ROUNDS = 25;
const FORMS = {
  'chunk of JavaScript, deflated base64': { file: 'wasm.js', code: "const { bytes } = await import('/wasm.js'); return WebAssembly.compile(await bytes());" },
  'bare file, streamed': { file: 'ivs.wasm', code: "return WebAssembly.compileStreaming(fetch('/ivs.wasm'));" },
};

/** @param {Buffer} data */
const gzip = (data) => gzipSync(data, { level: 9 }).length;
/** @param {Buffer} data */
const brotli = (data) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
/** @param {number[]} values */
const median = (values) => values.sort((one, other) => one - other)[values.length >> 1];

await runMain(async () => {
  const library = join(await installPackage({ name: 'weigh' }), 'node_modules/ivs-wasm');
  const server = await serveFolder(library, { headers: { 'cache-control': 'no-store' } });
  /** @type {Record<string, number[]>} */
  const times = {};
  // Turn by turn, each in a page without caches, so that a busy machine disturbs both alike.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, { code }] of Object.entries(FORMS)) {
      const context = await (await chromium()).newContext();
      const page = await context.newPage();
      await page.goto(server.url);
      (times[name] ??= []).push(await page.evaluate(async (text) => {
        const start = performance.now();
        await new (Object.getPrototypeOf(async () => {}).constructor)(text)();
        return performance.now() - start;
      }, code));
      await context.close();
    }
  }
  const rows = Object.entries(FORMS).map(([name, { file }]) => {
    const data = readFileSync(join(library, file));
    return [name, data.length, gzip(data), brotli(data), median(times[name]).toFixed(1)];
  });
  const heads = ['form', 'bytes', 'gzip -9', 'brotli -q 11', 'ms from the request to a compiled module'];
  console.log(table(heads, rows));
  if (process.argv.includes('--bless')) {
    writePart('weights', [heads, ['---', '---:', '---:', '---:', '---:'], ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'));
  }
});
