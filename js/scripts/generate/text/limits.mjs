// @ts-check
// Limits of shapes and quotas of operations in words: what hover texts and the reference both say.
import { patternOf } from '../patterns.mjs';

const UNITS = { string: 'characters', list: 'items', map: 'entries' };

const SINGULAR = { characters: 'character', items: 'item', entries: 'entry' };

/** @param {number | undefined} min @param {number | undefined} max @param {string} unit */
function range(min, max, unit) {
  const last = max ?? min;
  const after = unit && ` ${last === 1 ? SINGULAR[unit] : unit}`;
  if (min !== undefined && max !== undefined) return min === max ? `${min}${after}` : `${min} to ${max}${after}`;
  if (max !== undefined) return `at most ${max}${after}`;
  return `at least ${min}${after}`;
}

/**
 * Limits of a shape as short phrases, such as `1 to 50 items`.
 * @param {any} facts @param {string} name @returns {string[]}
 */
export function limitsOf(facts, name) {
  const shape = facts.shapes[name];
  const phrases = [];
  const min = shape.min || (shape.min === 0 && !UNITS[shape.type]) ? shape.min : undefined;
  if (min !== undefined || shape.max !== undefined) phrases.push(range(min, shape.max, UNITS[shape.type] ?? ''));
  const pattern = patternOf(shape, name);
  if (pattern) phrases.push(`pattern \`${pattern}\``);
  if (shape.type === 'list') phrases.push(...limitsOf(facts, shape.member).map((phrase) => `each ${phrase}`));
  if (shape.type === 'map') {
    phrases.push(...limitsOf(facts, shape.key).map((phrase) => `keys ${phrase}`));
    phrases.push(...limitsOf(facts, shape.value).map((phrase) => `values ${phrase}`));
  }
  return phrases;
}

/** Published quotas of an operation as phrases. @param {any} operation @returns {string[]} */
export const quotasOf = (operation) =>
  (operation.limits ?? []).map((limit) => `${limit.value} ${limit.unit} per ${limit.per}`);
