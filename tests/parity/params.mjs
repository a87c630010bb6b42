// @ts-check
// Random parameters of an operation: valid ones, and ones that are broken in the ways programs break them.
import { readFileSync } from 'node:fs';

const facts = JSON.parse(readFileSync(new URL('../../src/model/ivs.json', import.meta.url), 'utf8'));

export const ALL_OPERATIONS = Object.keys(facts.operations);
/** The operations that SDK v2 has. */
export const OPERATIONS = ALL_OPERATIONS.filter((name) => facts.operations[name].inV2);
export const isPaged = (/** @type {string} */ name) => Boolean(facts.operations[name].paginator);
export const inputOf = (/** @type {string} */ name) => facts.operations[name].input;
export const outputOf = (/** @type {string} */ name) => facts.operations[name].output;

const TEXTS = ['a', 'name with space', 'arn:aws:ivs:us-west-2:123456789012:channel/AbCd', 'ünïcödé ✓ 🎥', 'a/b+c=d&e', "it's (*)!", '"quoted" \\ back', ' pad ', '~-_.', '12', ''];

/** @param {import('./random.mjs').Random} r @param {string} name @param {boolean} output @param {number} [depth] @param {boolean} [newer] what SDK v2 lacks, too @returns {any} */
export function value(r, name, output, depth = 0, newer = false) {
  const shape = facts.shapes[name];
  switch (shape.type) {
    case 'structure': {
      /** @type {Record<string, any>} */
      const made = {};
      for (const [key, member] of Object.entries(shape.members)) {
        if ((member.inV2 === false && !newer) || (output && member.location)) continue;
        if (shape.required?.includes(key) || r.chance(depth > 2 ? 0.3 : 0.5)) made[key] = value(r, member.shape, output, depth + 1, newer);
      }
      return shuffled(r, made);
    }
    case 'list':
      return Array.from({ length: r.below(3) }, () => value(r, shape.member?.shape ?? shape.member, output, depth + 1, newer));
    case 'map':
      return Object.fromEntries(Array.from({ length: r.below(3) }, (_, i) => [`${r.pick(TEXTS)}${i}`, r.pick(TEXTS)]));
    case 'integer': case 'long': case 'float': case 'double':
      return r.pick([0, 1, 5, 42, 100, 1.9, -3]);
    case 'boolean':
      return r.chance(0.5);
    case 'timestamp':
      return r.pick(['2024-01-02T03:04:05Z', '2024-01-02T03:04:05.678Z', 1704164645, '1704164645']);
    default:
      return shape.enum && r.chance(0.7) ? r.pick(shape.enum) : r.pick(output ? TEXTS : TEXTS.filter(Boolean));
  }
}

/** The order of members is the caller's. @param {import('./random.mjs').Random} r @param {Record<string, any>} object */
function shuffled(r, object) {
  return Object.fromEntries(Object.entries(object).sort(() => r.next() - 0.5));
}

class Own {
  constructor() {
    this.name = 'own';
  }
}

/** Values where others are expected, made anew each time: parameters are changed at more places than one. @type {(() => any)[]} */
const ODD = [
  ...[null, undefined, 0, 7, '7', '007', 'x', '', true, false, NaN, Infinity, '5.5', 1e21, '0', 12n, Symbol('s')].map((one) => () => one),
  () => [], () => ['a'], () => ({}), () => ({ a: 1 }), () => new Date(0), () => () => 1, () => new Own(), () => new Map([['a', 1]]), () => [null],
  () => ({ a: null }), () => [[]], () => new String('s'), () => new Uint8Array(2), () => new String('s'), () => new Uint8Array(2), () => new String('s'), () => new Uint8Array(2), () => [null],
];

/** Breaks parameters at one or two places. @param {import('./random.mjs').Random} r @param {any} params */
export function broken(r, params) {
  // Null where a structure is expected, which v2 is not prepared for.
  if (params.viewerSessions && r.chance(0.5)) params.viewerSessions = [null];
  if (params.destinationConfiguration && r.chance(0.3)) params.destinationConfiguration.s3 = null;
  for (let times = 1 + r.below(2); times > 0; times--) {
    const places = containers(params);
    const at = r.pick(places);
    const keys = Object.keys(at);
    const key = Array.isArray(at) ? 0 : keys.length && r.chance(0.7) ? r.pick(keys) : r.pick(['unknown', 'Name', 'arn', 'tags', 'nextToken', 'maxResults', 'channelArn']);
    if (r.chance(0.2)) delete at[key];
    else at[key] = r.pick(ODD)();
  }
  return params;
}

/** @param {any} value @returns {any[]} */
function containers(value) {
  if (!value || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype && !Array.isArray(value)) return [];
  return [value, ...Object.values(value).flatMap(containers)];
}
