// @ts-check
// The tables of docs/where-it-runs.md, between two marks: written from what the matrix saw, compared on every full run.
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../docs/where-it-runs.md', import.meta.url);
const [BEGIN, END] = ['<!-- results: begin (written by node tests/matrix/run.mjs --bless) -->', '<!-- results: end -->'];
const GROUPS = {
  runtimes: 'Runtimes', browsers: 'Browsers', bundlers: 'Bundlers, run in Chromium', workers: 'Workers', frameworks: 'Frameworks and edge', runners: 'Test runners',
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
  return [BEGIN, ...tables, gaps, END].join('\n\n');
}

/** @param {Done[]} rows @param {{ where: string, why: string }[]} notHere @param {boolean} bless */
export function checkPage(rows, notHere, bless) {
  const unknown = rows.filter(({ group }) => !(group in GROUPS)).map(({ title }) => title);
  if (unknown.length) throw new Error(`no table for ${unknown.join(', ')}`);
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error('the page has lost its marks');
  const now = page.slice(0, from) + text(rows, notHere) + page.slice(to + END.length);
  if (bless) return writeFileSync(PAGE, now);
  // Versions of what the system's packages bring may differ from those of the day when the page was written.
  const steady = (/** @type {string} */ all) => all.replace(/^(\| [^|]* \|) [^|]* \|/gm, '$1');
  if (steady(now) !== steady(page)) throw new Error('the page says otherwise: node tests/matrix/run.mjs --bless writes it anew');
}
