// @ts-check
// What tests say to the endpoint. What it cannot do is told at once: a fault with a slip of the pen would never come, and the test that
// asked for it would prove nothing.

/** What a value can be asked to be, in words. @type {Record<string, [words: string, holds: (value: any) => boolean]>} */
const KINDS = {
  text: ['a text that is not empty', (value) => typeof value === 'string' && value !== ''],
  words: ['a text', (value) => typeof value === 'string'],
  flag: ['true or false', (value) => typeof value === 'boolean'],
  count: ['a whole number from 0', (value) => Number.isInteger(value) && value >= 0],
  positive: ['a whole number from 1, or Infinity', (value) => value >= 1 && (Number.isInteger(value) || value === Infinity)],
  ms: ['milliseconds from 0 to 2147483647', (value) => typeof value === 'number' && value >= 0 && value < 2 ** 31],
  status: ['a status from 200 to 599', (value) => Number.isInteger(value) && value >= 200 && value <= 599],
  limit: ['a number from 0', (value) => typeof value === 'number' && value >= 0],
  number: ['a finite number', (value) => Number.isFinite(value)],
  seed: ['a text or a number', (value) => typeof value === 'string' || typeof value === 'number'],
  function: ['a function', (value) => typeof value === 'function'],
  object: ['an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)],
  list: ['a list', (value) => Array.isArray(value)],
  texts: ['a list of texts', (value) => Array.isArray(value) && value.every((one) => typeof one === 'string')],
  account: ['an account of twelve digits, such as 123456789012', (value) => typeof value === 'string' && /^\d{12}$/.test(value)],
};

/** @param {unknown} value */
const shown = (value) => (typeof value === 'string' ? `'${value}'` : typeof value === 'object' && value !== null ? (Array.isArray(value) ? 'a list' : 'an object') : String(value));

/**
 * @param {string} what whose member it is
 * @param {string} name
 * @param {unknown} value
 * @param {string | string[]} kind one of KINDS, or the texts that are allowed
 */
export function checkValue(what, name, value, kind) {
  const [words, holds] = Array.isArray(kind) ? [kind.join(', '), (/** @type {any} */ one) => kind.includes(one)] : KINDS[kind];
  if (!holds(value)) throw new TypeError(`${what}: ${name} must be ${Array.isArray(kind) ? 'one of ' : ''}${words}, not ${shown(value)}`);
}

/**
 * Checks an object of optional members; what is undefined is not given.
 * @param {string} what
 * @param {any} given
 * @param {Record<string, string | string[]>} kinds
 * @param {string[]} [required]
 */
export function check(what, given, kinds, required = []) {
  checkValue(what, 'what it is given', given, 'object');
  for (const name of required) if (given[name] === undefined) throw new TypeError(`${what}: ${name} is missing`);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(kinds, name)) throw new TypeError(`${what}: there is no '${name}'; it takes ${Object.keys(kinds).join(', ')}`);
    if (value !== undefined) checkValue(what, name, value, kinds[name]);
  }
}
