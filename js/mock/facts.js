// @ts-check
// The one place where the endpoint meets the facts file. Everything it knows of IVS's operations, shapes, limits and
// errors comes from here, so that endpoint and library can disagree only in behaviour, never in data.
import facts from '../../src/model/ivs.json' with { type: 'json' };

/**
 * @typedef {{ name: string, method: string, uri: string, successCode: number, input: string | null,
 *   output: string | null, errors: string[], paginator?: { inputToken: string, outputToken: string,
 *   limitKey: string, resultKey: string }, limits?: { value: number, unit: string, per: string }[], example?: any }} Operation
 * @typedef {{ shape: string, location?: string, locationName?: string }} Member
 * @typedef {{ type: string, min?: number, max?: number, pattern?: string, enum?: string[], required?: string[],
 *   members?: Record<string, Member>, member?: string, key?: string, value?: string }} Shape
 */

/** All operations, by their camelCase name. @type {Record<string, Operation>} */
export const operations = /** @type {any} */ (facts.operations);

/** All shapes, by name. @type {Record<string, Shape>} */
export const shapes = /** @type {any} */ (facts.shapes);

/** All modelled errors, by code. @type {Record<string, { httpStatus: number }>} */
export const errors = /** @type {any} */ (facts.errors);

/** The name used in the credential scope. */
export const signingName = facts.service.signingName;

/** The regions where IVS is offered. @type {string[]} */
export const serviceRegions = facts.partitions.flatMap((partition) => partition.serviceRegions);

/** Finds an operation by its camelCase or its API name. @param {string} name */
export function operationKey(name) {
  const key = String(name).replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  if (!Object.hasOwn(operations, key)) throw new TypeError(`IVS has no operation named '${name}'`);
  return key;
}
