// @ts-check
// What listeners ask of the core one by one. The wasm is there by then: they run inside of a call.
import { V2 } from '#glue';

/** The bits of traits(). */
export const TRAITS = { retryable: 1, throttled: 2, expired: 4, skewed: 8, signatureExpired: 16 };

/** What kind of error it is. @param {any} error */
export const traits = (error) => V2.traits(String(error.code ?? ''), String(error.message ?? ''), Number(error.statusCode) || 0);

/** @param {number} retry @param {any} options `base` and `customBackoff` @param {any} error */
export function delay(retry, options, error) {
  const { base, customBackoff } = options ?? {};
  if (typeof customBackoff === 'function') return customBackoff(retry, error);
  return V2.delay(retry, typeof base === 'number' ? base : undefined);
}

/** @param {any} view @param {string} operation @param {number} from @returns {Promise<number | undefined>} */
export const drive = (view, operation, from) => V2.drive(view, operation, from);
