// @ts-check
// Opcodes that often stand side by side as one byte, and such bytes with others again. What follows what is nothing that deflate's codes
// know: they count bytes.

/** The first byte that stands for two, and how many there are: WebAssembly has no opcodes there. */
export const FIRST = 0xd7, COUNT = 24;

/**
 * @param {number[]} opcodes
 * @returns {{ table: number[], packed: number[] }} what each byte stands for, and the opcodes by them
 */
export function paired(opcodes) {
  const table = [];
  let packed = opcodes;
  for (let byte = FIRST; byte < FIRST + COUNT; byte++) {
    const [first, second] = best(packed);
    table.push(first, second);
    const next = [];
    for (let i = 0; i < packed.length; i++) next.push(packed[i] === first && packed[i + 1] === second ? (i++, byte) : packed[i]);
    packed = next;
  }
  return { table, packed };
}

/** The two that one byte for both would save most, by what the code of each is long. @param {number[]} bytes */
function best(bytes) {
  const single = new Map(), pairs = new Map();
  let last = -1;
  bytes.forEach((byte, i) => {
    single.set(byte, (single.get(byte) ?? 0) + 1);
    const pair = byte << 8 | bytes[i + 1];
    // Three of a kind are one pair, not two.
    if (i + 1 === bytes.length || pair === last) return void (last = -1);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    last = pair;
  });
  let found = 0, most = -1;
  for (const [pair, many] of pairs) {
    const saved = many * Math.log2(many * bytes.length / single.get(pair >> 8) / single.get(pair & 255));
    if (saved > most) [found, most] = [pair, saved];
  }
  return [found >> 8, found & 255];
}
