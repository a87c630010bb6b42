// @ts-check
// Names the service makes up: seeded, so that two endpoints with one seed and one order of calls agree.

const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';

/** 32 bits of a text: FNV-1a with a final mix. Not a secure hash, and not used as one. @param {string} text */
export function hash32(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** @param {string | number} seed */
export function makeIds(seed) {
  let state = hash32(`ivs ${seed}`);
  // A Weyl sequence through the mixer above: ample for names, and short.
  const next = () => hash32(String((state = (state + 0x9e3779b9) >>> 0)));
  /** @param {string} letters @param {number} length */
  const pick = (letters, length) => {
    let text = '';
    while (text.length < length) text += letters[next() % letters.length];
    return text;
  };
  return {
    /** The last part of an ARN. */
    resource: () => pick(ALNUM, 12),
    /** st- and 23 characters: 26 in all, as the model demands. */
    stream: () => `st-${pick(ALNUM, 23)}`,
    /** @param {string} region */
    streamKey: (region) => `sk_${region}_${pick(ALNUM, 12)}_${pick(ALNUM, 30)}`,
    passphrase: () => pick(ALNUM, 40),
    adBreak: () => pick(ALNUM, 12),
    request: () =>
      `${pick(HEX, 8)}-${pick(HEX, 4)}-4${pick(HEX, 3)}-${pick('89ab', 1)}${pick(HEX, 3)}-${pick(HEX, 12)}`,
  };
}

/** The host label that all channels of one account and region share. @param {string} account @param {string} region */
export const hostLabel = (account, region) =>
  (hash32(`a${account}${region}`).toString(16) + hash32(`b${account}${region}`).toString(16)).padEnd(12, '0').slice(0, 12);
