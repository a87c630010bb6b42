// @ts-check
// Pieces of Markdown.

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table; empty if it has no rows. @param {string[]} head @param {string[][]} rows @returns {string} */
export function table(head, rows) {
  if (rows.length === 0) return '';
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |\n`;
  return `${line(head)}|${'---|'.repeat(head.length)}\n${rows.map(line).join('')}`;
}

/** The anchor of a heading, as GitHub makes it. @param {string} heading */
export const anchor = (heading) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-');

/** A block of JavaScript that the tests run. @param {string} code */
export const runnable = (code) => `\`\`\`js run\n${code}\n\`\`\`\n`;
