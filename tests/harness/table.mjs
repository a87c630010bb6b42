// @ts-check
// Plain tables for the terminal.

/**
 * @param {string[]} heads
 * @param {(string | number | undefined)[][]} rows numbers are set flush right
 */
export function table(heads, rows) {
  const cells = rows.map((row) => row.map((cell) => String(cell ?? '–')));
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column].length)));
  const right = heads.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const line = (row) => row
    .map((cell, column) => (right[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
    .join('  ')
    .trimEnd();
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}
