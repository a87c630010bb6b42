// @ts-check
// Where we are not equal to SDK v2, and why. A difference that no entry allows fails the run, and so does an entry that nothing needs.

/** @typedef {{ path: string, v2: any, ours: any }} Difference */
/** @typedef {{ id: string, why: string, allows: (difference: Difference, run: { scene: any, v2: any, ours: any }) => boolean }} Deviation */

/** @type {Deviation[]} */
export const DEVIATIONS = [];
