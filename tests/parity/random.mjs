// @ts-check
// Random choices that a seed repeats.

/** @param {number} seed */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (/** @type {number} */ n) => Math.floor(next() * n);
  return {
    next, below,
    chance: (/** @type {number} */ p) => next() < p,
    /** @template T @param {T[]} list @returns {T} */
    pick: (list) => list[below(list.length)],
    /** One of the values of [weight, value] pairs. @template T @param {[number, T][]} pairs @returns {T} */
    weighed(pairs) {
      let left = next() * pairs.reduce((sum, [weight]) => sum + weight, 0);
      return (pairs.find(([weight]) => (left -= weight) < 0) ?? pairs[0])[1];
    },
  };
}

/** @typedef {ReturnType<typeof random>} Random */
