// @ts-check
// Measures the packed library beside other clients: node tests/bench/run.mjs [--quick] [--only size,speed,cold,scale,native]
//   [--engines node,chromium,workerd] [--cases call-300,…] [--write | --render]
// Prints tables. With --write the result, beside what was not measured this time, goes to tests/bench/result.json, docs/performance.md, docs/size.md and docs/img.
// --render writes them anew from result.json, without measuring.
// Nothing here fails because something is slow: machines differ, and ratios are for people to read.
import { cpus } from 'node:os';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain } from '../harness/cleanup.mjs';
import { ROOT } from '../harness/project.mjs';
import { coldChromium, coldNode, coldWorkerd } from './cold.mjs';
import { chart } from './chart.mjs';
import { ENGINES, inNode } from './engines.mjs';
import { native } from './native.mjs';
import { asMarkdown, asText, sheets, sizeSheets } from './report.mjs';
import { sizes } from './sizes.mjs';

const { values } = parseArgs({ options: {
  quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false }, render: { type: 'boolean', default: false },
  only: { type: 'string', default: 'size,native,speed,cold,scale' }, engines: { type: 'string', default: 'node,chromium,workerd' }, cases: { type: 'string' },
} });
const { quick } = values;
const wanted = new Set(values.only.split(','));
const engines = values.engines.split(',');

/** @param {string} what */
const say = (what) => console.error(`bench: ${what} …`);

await runMain(async () => {
  if (values.render) return write(JSON.parse(readFileSync(join(ROOT, 'tests/bench/result.json'), 'utf8')));
  /** @type {any} */
  const result = { machine: { processor: cpus()[0]?.model, processors: cpus().length, node: process.version }, rounds: quick ? 7 : 40, speed: {}, cold: {} };
  if (wanted.has('size')) {
    say('sizes');
    result.size = await sizes();
  }
  if (wanted.has('native') && !quick) {
    say('the core without WebAssembly');
    result.native = await native();
    if (result.native.problem) console.error(`bench: no figures of the native core: ${result.native.problem}`);
  }
  for (const engine of wanted.has('speed') ? engines : []) {
    say(`calls in ${engine}`);
    // Clocks of browsers tick every 0.1 ms, those of Workers every 1 ms and only at a timer: longer slots there.
    const slot = { node: 5, chromium: 10, workerd: 40 }[engine] ?? 5;
    result.speed[engine] = await ENGINES[engine]('speed.js', { rounds: quick ? 5 : 40, slot: quick ? slot / 2 : slot, engine, only: values.cases });
  }
  if (wanted.has('cold')) {
    const rounds = quick ? 3 : 15;
    if (engines.includes('node')) { say('cold starts in Node'); result.cold.Node = await coldNode(rounds); }
    if (engines.includes('chromium')) {
      say('cold starts in Chromium');
      result.cold.Chromium = await coldChromium(rounds);
      if (!quick) result.cold['Chromium, processor 4× slower'] = await coldChromium(rounds, 4);
    }
    if (engines.includes('workerd')) { say('cold starts in workerd'); result.cold.workerd = await coldWorkerd(rounds); }
  }
  if (wanted.has('scale')) {
    say('scale');
    result.scale = await inNode('scale.js', { calls: quick ? 10_000 : 1_000_000, rounds: quick ? 2 : 7 });
  }
  if (result.size) console.log(asText(sizeSheets(result)));
  console.log(asText(sheets(result)));
  if (values.write) write(wanted.size < 5 ? beside(result) : result);
});

/** What was not measured this time stays as it was. @param {any} result */
function beside({ machine, rounds, speed, cold, ...measured }) {
  const before = JSON.parse(readFileSync(join(ROOT, 'tests/bench/result.json'), 'utf8'));
  return { ...before, ...measured, speed: { ...before.speed, ...speed }, cold: { ...before.cold, ...cold } };
}

/** @param {any} result */
function write(result) {
  writeFileSync(join(ROOT, 'tests/bench/result.json'), `${JSON.stringify(result, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value), 1)}\n`);
  writeFileSync(join(ROOT, 'docs/img/performance.svg'), chart(result));
  const { processor, processors, node } = result.machine;
  const machine = `Measured on ${processors} processors (${processor?.trim()}), Node ${node}, ${result.rounds} rounds.\n\n`;
  insert('docs/performance.md', machine + asMarkdown(sheets(result)));
  insert('docs/size.md', asMarkdown(sizeSheets(result)));
}

/** Puts text between the two marks of a document. @param {string} path @param {string} text */
function insert(path, text) {
  const file = join(ROOT, path);
  const before = readFileSync(file, 'utf8');
  const after = before.replace(/(<!-- begin: written by make bench -->\n)[^]*(<!-- end -->)/, (_, begin, end) => `${begin}\n${text}\n${end}`);
  if (after === before && !before.includes(text)) throw new Error(`${path} has no place for the result`);
  writeFileSync(file, after);
}
