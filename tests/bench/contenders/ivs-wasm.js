// @ts-check
// Ours, by its default entry and with default options: global fetch, timeout, retries, validation.
import { IVS } from 'ivs-wasm';
import { CREDENTIALS, REGION } from '../world.js';

export const name = 'ivs-wasm';
export const checks = true;
export const decodes = true;
export const errors = true;

/** A client as a user makes it. */
export function make() {
  const ivs = /** @type {any} */ (new IVS({ region: REGION, credentials: CREDENTIALS }));
  return {
    /** @param {string} operation @param {any} params */
    call: (operation, params) => ivs[operation](params),
    /** The whole way from parameters to a signed request: more than the bare signers of the others do. @param {any} params */
    sign: (params) => ivs.sign('putMetadata', params),
  };
}
