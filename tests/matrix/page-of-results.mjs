// @ts-check
// The tables of docs/where-it-runs.md, between marks: written from what was seen, compared on every full run of the matrix.
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../docs/where-it-runs.md', import.meta.url);
const MARKS = {
  results: ['<!-- results: begin (written by node tests/matrix/run.mjs --bless) -->', '<!-- results: end -->'],
  weights: ['<!-- weights: begin (written by node tests/matrix/weigh.mjs --bless) -->', '<!-- weights: end -->'],
};
const GROUPS = {
  runtimes: 'Runtimes', browsers: 'Browsers', bundlers: 'Bundlers, run in Chromium', workers: 'Workers', frameworks: 'Frameworks and edge', runners: 'Test runners',
  v2: '`ivs-wasm/v2`: one call by callback, one by `.promise()`',
};

/** @typedef {{ title: string, group: string, how: string, tried: string, refused?: RegExp, says?: string }} Done */

/** @param {Done[]} rows @param {{ where: string, why: string }[]} notHere */
function text(rows, notHere) {
  const cell = (/** @type {string} */ words) => words.replaceAll('|', '\\|');
  const tables = Object.entries(GROUPS).map(([group, heading]) => [
    `### ${heading}`, '', '| where | tried with | how | result |', '|---|---|---|---|',
    ...rows.filter((row) => row.group === group)
      .map((row) => `| ${cell(row.title)} | ${row.tried} | ${cell(row.how)} | ${row.refused ? row.says : 'works'} |`),
  ].join('\n'));
  const gaps = ['### Not tried here', '', '| where | why |', '|---|---|', ...notHere.map(({ where, why }) => `| ${where} | ${why} |`)].join('\n');
  return [...tables, gaps].join('\n\n');
}

/** The page, and the same with `text` in its place. @param {keyof typeof MARKS} part @param {string} text */
function pageWith(part, text) {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = MARKS[part];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page has lost its marks of the ${part}`);
  return { page, now: `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}` };
}

/** @param {keyof typeof MARKS} part @param {string} text */
export const writePart = (part, text) => writeFileSync(PAGE, pageWith(part, text).now);

/** @param {Done[]} rows @param {{ where: string, why: string }[]} notHere @param {boolean} bless */
export function checkPage(rows, notHere, bless) {
  const unknown = rows.filter(({ group }) => !(group in GROUPS)).map(({ title }) => title);
  if (unknown.length) throw new Error(`no table for ${unknown.join(', ')}`);
  const { page, now } = pageWith('results', text(rows, notHere));
  if (bless) return writeFileSync(PAGE, now);
  // Versions of what the system's packages bring may differ from those of the day when the page was written.
  const steady = (/** @type {string} */ all) => all.replace(/^(\| [^|]* \|) [^|]* \|/gm, '$1');
  if (steady(now) !== steady(page)) throw new Error('the page says otherwise: node tests/matrix/run.mjs --bless writes it anew');
}
