// @ts-check
// The floor: JSON.stringify, fetch, JSON.parse. No signature, no checks, no Dates; what any client must cost at least.
import { HOST, PATHS } from '../world.js';

export const name = 'unsigned fetch';
export const checks = false;
export const decodes = true;
export const errors = false;

const headers = { 'content-type': 'application/json' };

export function make() {
  return {
    /** @param {string} operation @param {any} params */
    async call(operation, params) {
      const response = await fetch(`https://${HOST}${PATHS[operation]}`, { method: 'POST', headers, body: JSON.stringify(params) });
      return response.status === 204 ? {} : JSON.parse(await response.text());
    },
  };
}
