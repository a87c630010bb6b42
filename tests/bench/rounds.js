// @ts-check
// Measures contenders against each other: A B C, B C A, C A B … in rounds, so that what disturbs the machine disturbs all.

/** @typedef {{ name: string, run: () => Promise<unknown> }} Runner */
/** @typedef {{ name: string, min: number, median: number, ratio: number }} Figures min and median in µs a call; ratio: to the first runner's, median of the rounds */

/**
 * @param {Runner[]} runners
 * @param {{ rounds: number, slot: number, clock: () => Promise<number> | number }} how slot: milliseconds for each runner and round
 * @returns {Promise<Figures[]>}
 */
export async function interleave(runners, { rounds, slot, clock }) {
  const counts = [];
  for (const { run } of runners) counts.push(await calibrate(run, slot, clock));
  /** @type {number[][]} */
  const times = runners.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < runners.length; turn++) {
      const which = (round + turn) % runners.length;
      times[which].push(await time(runners[which].run, counts[which], clock) / counts[which]);
    }
  }
  return runners.map(({ name }, which) => ({
    name,
    min: 1000 * Math.min(...times[which]),
    median: 1000 * median(times[which]),
    ratio: median(times[which].map((took, round) => took / times[0][round])),
  }));
}

/** How many calls fill the slot, once the engine has compiled what is hot. @param {() => Promise<unknown>} run @param {number} slot @param {() => Promise<number> | number} clock */
async function calibrate(run, slot, clock) {
  let count = 1;
  for (let spent = 0; ;) {
    const took = await time(run, count, clock);
    spent += took;
    if (took >= slot / 2 && spent > 20 * slot) return Math.max(1, Math.round(count * slot / took));
    if (took < slot / 2) count *= 2;
  }
}

/** @param {() => Promise<unknown>} run @param {number} count @param {() => Promise<number> | number} clock */
async function time(run, count, clock) {
  const start = await clock();
  for (let i = 0; i < count; i++) await run();
  return await clock() - start;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
