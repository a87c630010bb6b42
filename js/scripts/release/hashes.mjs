// @ts-check
// Hashes by which others can tell that they have what was published.
import { createHash } from 'node:crypto';

/** What an `integrity` attribute, or `fetch`'s option of that name, takes (Subresource Integrity). @param {Uint8Array} data */
export const integrity = (data) => `sha384-${createHash('sha384').update(data).digest('base64')}`;

/**
 * A file for `sha256sum --check` and its kin.
 * @param {'sha256' | 'sha512'} algorithm @param {Iterable<[name: string, data: Uint8Array]>} files
 */
export const checksums = (algorithm, files) =>
  [...files].map(([name, data]) => `${createHash(algorithm).update(data).digest('hex')}  ${name}\n`).sort(byName).join('');

/** @param {string} one @param {string} other */
const byName = (one, other) => (one.split('  ')[1] < other.split('  ')[1] ? -1 : 1);
