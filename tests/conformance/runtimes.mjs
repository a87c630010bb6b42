// @ts-check
// The runtimes by name, each with its way of running a scenario.
import { runInChromium } from '../harness/chromium.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { OLD_DATE, runInWorkerd } from '../harness/workerd.mjs';

/** @typedef {(folder: string, file: string, input: any) => Promise<import('./project.mjs').Report>} Start */

/** @type {Record<string, Start>} */
export const node = { Node: runInCommand };

/** @type {Record<string, Start>} */
export const workerd = {
  workerd: runInWorkerd,
  [`workerd as of ${OLD_DATE}`]: (folder, file, input) => runInWorkerd(folder, file, input, { compatibilityDate: OLD_DATE }),
};

/** @type {Record<string, Start>} */
export const browser = { Chromium: runInChromium };
