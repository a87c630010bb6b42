// @ts-check
// A sliding window of one second per key.

/** @param {import('./clock.js').Clock} clock */
export function makeRates(clock) {
  /** @type {Map<string, number[]>} */
  const seen = new Map();
  return {
    /** Takes one of `perSecond` places; false when all are taken. @param {string} key @param {number} perSecond */
    take(key, perSecond) {
      const now = clock.now();
      const recent = (seen.get(key) ?? []).filter((at) => now - at < 1000);
      const free = recent.length < perSecond;
      if (free) recent.push(now);
      seen.set(key, recent);
      return free;
    },
    reset: () => seen.clear(),
  };
}
