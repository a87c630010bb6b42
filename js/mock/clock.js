// @ts-check
// The endpoint's time: the clock it was given plus what tests have advanced it by.

/** @typedef {{ now(): number, advance(ms: number): void, reset(): void }} Clock */

/** @param {() => number | Date} source @returns {Clock} */
export function makeClock(source) {
  let ahead = 0;
  return {
    now: () => Number(source()) + ahead,
    advance: (ms) => void (ahead += ms),
    reset: () => void (ahead = 0),
  };
}

/** 20240102T030405Z, the form of SigV4. @param {number} ms */
export const basicTime = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');

/** 2024-01-02T03:04:05Z, the form of IVS's bodies. @param {number} ms */
export const isoTime = (ms) => new Date(ms).toISOString().replace('.000Z', 'Z');

/** Reads 20240102T030405Z; NaN for anything else. @param {string} text */
export function parseBasicTime(text) {
  const part = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  return part ? Date.parse(`${part[1]}-${part[2]}-${part[3]}T${part[4]}:${part[5]}:${part[6]}Z`) : NaN;
}
