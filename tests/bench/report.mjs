// @ts-check
// The result as tables, for the terminal and for docs/performance.md and docs/size.md.
import { table } from '../harness/table.mjs';
import { cases } from './cases.js';

const ENGINE = { node: 'Node', chromium: 'Chromium', workerd: 'workerd' };
const title = new Map(cases.map((one) => [one.id, one.title]));

/** @typedef {{ heads: string[], rows: (string | number | undefined)[][], title: string }} Sheet */

/** @param {number} value */
const micro = (value) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
/** @param {number} ratio */
const times = (ratio) => (ratio < 10 ? ratio.toFixed(1) : String(Math.round(ratio))) + '×';
/** @param {number} bytes */
const bytes = (bytes) => (Math.abs(bytes) < 10_000 ? `${Math.round(bytes)} B` : `${(bytes / 1000).toFixed(1)} KB`);

/** @param {any} result @returns {Sheet[]} */
export function sheets(result) {
  const list = [];
  for (const [engine, speed] of Object.entries(result.speed ?? {})) {
    const names = [...new Set(Object.values(speed).flatMap((figures) => figures.map((/** @type {any} */ one) => one.name)))];
    const native = result.native && engine === 'node' && !result.native.problem ? result.native : undefined;
    list.push({
      title: `${ENGINE[engine]}: ${engine === 'workerd' ? 'median' : 'least'} µs of a call, and median ratio to ivs-wasm in the same round`,
      heads: ['', ...names, ...(native ? ['native core'] : [])],
      rows: Object.entries(speed).map(([id, figures]) => [
        title.get(id) ?? id,
        ...names.map((name, i) => {
          const one = figures.find((/** @type {any} */ figure) => figure.name === name);
          // A Worker's clock now and then stands still over a whole slot: the least is no measure there.
          const took = one && micro(engine === 'workerd' ? one.median : one.min);
          return one && (i === 0 ? took : `${took} (${times(one.ratio)})`);
        }),
        ...(native ? [native[id] && micro(native[id])] : []),
      ]),
    });
  }
  for (const [where, figures] of Object.entries(result.cold ?? {})) {
    list.push({
      title: `${where}: ms until the first signed request, median (least), and median ratio to ivs-wasm`,
      heads: ['', 'module evaluated', 'first request', 'ratio'],
      rows: figures.map((/** @type {any} */ one) =>
        [one.name, one.evaluated?.toFixed(1), `${one.first.toFixed(1)} (${one.firstMin.toFixed(1)})`, times(one.ratio)]),
    });
  }
  if (result.scale) list.push(...scaleSheets(result.scale));
  return list;
}

/** @param {any} scale @returns {Sheet[]} */
function scaleSheets({ inFlight, calls, clients, body, list }) {
  const names = Object.keys(inFlight);
  return [{
    title: 'Scale, in Node',
    heads: ['', ...names],
    rows: [
      ...['1', '100', '10000'].map((count) => [`µs a call, ${count} in flight`, ...names.map((name) => micro(inFlight[name][count].min))]),
      ['memory of a call in flight', ...names.map((name) => bytes(inFlight[name][10000].bytes))],
      ['calls made one after another', ...names.map((name) => String(calls[name].count))],
      ['µs a call, first tenth → last tenth', ...names.map((name) => `${micro(calls[name].first)} → ${micro(calls[name].last)}`)],
      ['heap growth after them', ...names.map((name) => bytes(calls[name].heapGrowth))],
      ['wasm memory growth after them', ...names.map((name) => name.startsWith('ivs-wasm') ? bytes(calls[name].wasmGrowth) : undefined)],
      ['memory of a client that has called', ...names.map((name) => bytes(clients[name].bytes))],
      ['left of it when it is gone', ...names.map((name) => bytes(clients[name].left))],
      ['µs for each KB of body, 1 KB – 1 MB (r²)', ...names.map((name) => `${body[name].slope.toFixed(2)} (${body[name].straight.toFixed(3)})`)],
      ['µs for each item of a list, 1 – 1000 (r²)', ...names.map((name) => `${list[name].slope.toFixed(2)} (${list[name].straight.toFixed(3)})`)],
    ],
  }];
}

/** @param {any} result @returns {Sheet[]} */
export function sizeSheets({ size }) {
  const rows = (/** @type {any[]} */ list) => list.map((one) => [one.name, one.raw, one.gzip, one.brotli]);
  const total = Object.values(size.crates).reduce((sum, value) => sum + value, 0);
  return [
    { title: 'Download: one file for a browser, by esbuild --bundle --minify', heads: ['', 'raw', 'gzip -9', 'brotli'], rows: rows([...size.downloads, size.upload]) },
    { title: 'Files of the package, not minified', heads: ['', 'raw', 'gzip -9', 'brotli'], rows: rows(size.files) },
    { title: 'JavaScript in the default entry, minified, by source', heads: ['', 'bytes'], rows: Object.entries(size.parts) },
    {
      title: 'The wasm by crate, before wasm-opt', heads: ['', 'bytes', 'share'],
      rows: Object.entries(size.crates).map(([name, value]) => [name, value, `${(100 * value / total).toFixed(1)} %`]),
    },
  ];
}

/** @param {Sheet[]} list */
export const asText = (list) => list.map((sheet) => `${sheet.title}\n\n${table(sheet.heads, sheet.rows)}\n`).join('\n');

/** @param {Sheet[]} list */
export const asMarkdown = (list) => list.map(({ title: head, heads, rows }) => {
  const line = (/** @type {(string | number | undefined)[]} */ cells) => `| ${cells.map((cell) => cell ?? '–').join(' | ')} |`;
  return `**${head}**\n\n${line(heads)}\n|---|${heads.slice(1).map(() => '---:|').join('')}\n${rows.map(line).join('\n')}\n`;
}).join('\n');
