// @ts-check
// Writes an output by its shape: members the shape does not name are left out, so that what handlers keep for
// themselves cannot leak; times are ISO 8601 text; header members become headers.
import { operations, shapes } from './facts.js';
import { isoTime } from './clock.js';

/** @param {string} operation @param {any} output */
export function serialize(operation, output) {
  const { output: shapeName, successCode } = operations[operation];
  /** @type {Record<string, string>} */
  const headers = {};
  if (!shapeName) return { status: successCode, headers, body: successCode === 204 ? '' : '{}' };
  const body = write(shapeName, output ?? {});
  for (const [name, member] of Object.entries(shapes[shapeName].members ?? {})) {
    if (member.location !== 'header') continue;
    if (body[name] !== undefined) headers[String(member.locationName).toLowerCase()] = body[name];
    delete body[name];
  }
  return { status: successCode, headers, body: JSON.stringify(body) };
}

/** @param {string} shapeName @param {any} value @returns {any} */
function write(shapeName, value) {
  const shape = shapes[shapeName];
  if (value === null || value === undefined) return undefined;
  switch (shape.type) {
    case 'structure': {
      /** @type {Record<string, any>} */
      const out = {};
      for (const [name, member] of Object.entries(shape.members ?? {})) {
        const text = write(member.shape, value[name]);
        if (text !== undefined) out[name] = text;
      }
      for (const name of shape.required ?? []) {
        // A handler that forgets a required member is a mistake of the endpoint, not of the caller.
        if (out[name] === undefined) throw new Error(`${shapeName}.${name} is required and missing`);
      }
      return out;
    }
    case 'list':
      return value.map((/** @type {any} */ item) => write(/** @type {string} */ (shape.member), item));
    case 'map':
      return { ...value };
    case 'timestamp':
      return isoTime(value);
    default:
      return value;
  }
}
