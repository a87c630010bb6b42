// @ts-check
// Ours, by the entry that stands in for SDK v2.
import AWS from 'ivs-wasm/v2';
import { CREDENTIALS, REGION } from '../world.js';

export const name = 'ivs-wasm/v2';
export const checks = true;
export const decodes = true;
export const errors = true;

export function make() {
  const ivs = /** @type {any} */ (new AWS.IVS({ region: REGION, credentials: CREDENTIALS }));
  return {
    /** @param {string} operation @param {any} params */
    call: (operation, params) => ivs[operation](params).promise(),
  };
}
