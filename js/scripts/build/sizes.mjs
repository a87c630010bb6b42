// @ts-check
// Sizes as users pay for them.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** @param {Uint8Array} data */
export const gzipSize = (data) => gzipSync(data, { level: 9 }).length;

/** @param {Uint8Array} data */
export const brotliSize = (data) =>
  brotliCompressSync(data, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length },
  }).length;

/**
 * A table of raw, gzip -9 and brotli -q 11 bytes.
 * @param {[name: string, data: Uint8Array][]} rows
 */
export function sizeTable(rows) {
  const width = Math.max(...rows.map(([name]) => name.length));
  const line = (/** @type {string} */ name, /** @type {(string | number)[]} */ cells) =>
    `  ${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(10)).join('')}`;
  return [
    line('', ['raw', 'gzip -9', 'brotli']),
    ...rows.map(([name, data]) => line(name, [data.length, gzipSize(data), brotliSize(data)])),
  ].join('\n');
}
