// @ts-check
// Is a client's answer what was on the wire? Compared by the shapes of the facts file.
import { shapes } from '../../js/mock/facts.js';
import { equal, ok } from './expect.js';

/**
 * @param {string | null} shapeName
 * @param {any} answer what the client gave
 * @param {string} wire the body that was sent
 * @param {(shape: string, member: string) => boolean} knows
 */
export function sameAsWire(shapeName, answer, wire, knows) {
  ok(answer && typeof answer === 'object', `an answer must be an object, got ${String(answer)}`);
  const { $metadata, ...members } = answer;
  if (!shapeName) return equal(members, {}, 'an answer without members');
  equal(strip(shapeName, members), expected(shapeName, JSON.parse(wire), knows), shapeName);
}

/** Members in headers are not compared: a page sees only those that CORS exposes. @param {string} shapeName @param {any} value */
function strip(shapeName, value) {
  const copy = JSON.parse(JSON.stringify(value, (_, inner) => inner ?? undefined));
  for (const [name, member] of Object.entries(shapes[shapeName].members ?? {})) if (member.location === 'header') delete copy[name];
  checkTimes(shapeName, value);
  return copy;
}

/** @param {string} shapeName @param {any} value @param {(shape: string, member: string) => boolean} knows @returns {any} */
function expected(shapeName, value, knows) {
  const shape = shapes[shapeName];
  if (shape.type === 'list') return value.map((/** @type {any} */ item) => expected(String(shape.member), item, knows));
  if (shape.type === 'timestamp') return new Date(value).toISOString();
  if (shape.type !== 'structure') return value;
  return Object.fromEntries(Object.entries(value)
    .filter(([name]) => knows(shapeName, name))
    .map(([name, item]) => [name, expected(/** @type {any} */ (shape.members)[name].shape, item, knows)]));
}

/** Times are Dates for callers. @param {string} shapeName @param {any} value */
function checkTimes(shapeName, value) {
  const shape = shapes[shapeName];
  if (value === undefined || value === null) return;
  if (shape.type === 'timestamp') ok(value instanceof Date && !Number.isNaN(value.getTime()), `a time must be a Date, got ${String(value)}`);
  if (shape.type === 'list') for (const item of value) checkTimes(String(shape.member), item);
  if (shape.type === 'structure') for (const [name, member] of Object.entries(shape.members ?? {})) checkTimes(member.shape, value[name]);
}
