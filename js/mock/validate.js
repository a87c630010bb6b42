// @ts-check
// Checks an input against its shape the way the service does: everything wrong is reported at once, in one
// ValidationException. A value of the wrong JSON type never reaches that check: it cannot be read at all.
import { shapes } from './facts.js';
import { ServiceError, validation } from './errors.js';

/** Published with a mistake: it allows one letter as resource type, so that no ARN of IVS matches it. */
const WRONG_PATTERNS = new Set(['ResourceArn']);

/** @type {Map<string, RegExp>} */
const compiled = new Map();

/** @param {string} pattern */
function wholeMatch(pattern) {
  let regex = compiled.get(pattern);
  if (!regex) {
    // \p{L} needs the u flag; [a-z0-9-_] is a syntax error under it.
    regex = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
    compiled.set(pattern, regex);
  }
  return regex;
}

/** @param {string} shapeName @param {any} input */
export function validate(shapeName, input) {
  /** @type {string[]} */
  const found = [];
  check(shapeName, input, '', found);
  if (found.length) {
    throw validation(`${found.length} validation error${found.length > 1 ? 's' : ''} detected: ${found.join('; ')}`);
  }
}

/** @param {string} shapeName @param {any} value @param {string} path @param {string[]} found */
function check(shapeName, value, path, found) {
  const shape = shapes[shapeName];
  switch (shape.type) {
    case 'structure':
      return checkStructure(shape, expect(isObject(value), 'Start of structure or map', path, value), path, found);
    case 'list':
      expect(Array.isArray(value), 'Start of list', path, value);
      checkSize(shape, value.length, path, value, found);
      return value.forEach((/** @type {any} */ item, /** @type {number} */ i) =>
        check(/** @type {string} */ (shape.member), item, `${path}.${i + 1}.member`, found));
    case 'map':
      expect(isObject(value), 'Start of structure or map', path, value);
      checkSize(shape, Object.keys(value).length, path, value, found);
      for (const [key, item] of Object.entries(value)) {
        check(/** @type {string} */ (shape.key), key, `${path}.key`, found);
        check(/** @type {string} */ (shape.value), item, `${path}.${key}.member`, found);
      }
      return;
    case 'string':
      expect(typeof value === 'string', 'String', path, value);
      return checkText(shapeName, value, path, found);
    case 'integer':
    case 'long':
      expect(Number.isInteger(value), 'Integer', path, value);
      return checkRange(shape, value, path, found);
    case 'boolean':
      return void expect(typeof value === 'boolean', 'Boolean', path, value);
    case 'timestamp': {
      const readable = typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
      return void expect(readable, 'Timestamp', path, value);
    }
    default:
      throw new Error(`the endpoint cannot check a ${shape.type} (${shapeName})`);
  }
}

/** @param {import('./facts.js').Shape} shape @param {any} value @param {string} path @param {string[]} found */
function checkStructure(shape, value, path, found) {
  for (const name of shape.required ?? []) {
    if (value[name] === undefined || value[name] === null) {
      found.push(`Value null at '${join(path, name)}' failed to satisfy constraint: Member must not be null`);
    }
  }
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    if (value[name] !== undefined && value[name] !== null) check(member.shape, value[name], join(path, name), found);
  }
}

/** @param {string} shapeName @param {string} value @param {string} path @param {string[]} found */
function checkText(shapeName, value, path, found) {
  const shape = shapes[shapeName];
  // Lengths are counted in characters, not in UTF-16 units.
  checkSize(shape, [...value].length, path, value, found);
  if (shape.pattern && !WRONG_PATTERNS.has(shapeName) && !wholeMatch(shape.pattern).test(value)) {
    fail(`Member must satisfy regular expression pattern: ${shape.pattern}`, path, value, found);
  }
  if (shape.enum && !shape.enum.includes(value)) {
    fail(`Member must satisfy enum value set: [${shape.enum.join(', ')}]`, path, value, found);
  }
}

/** @param {import('./facts.js').Shape} shape @param {number} size @param {string} path @param {any} value @param {string[]} found */
function checkSize(shape, size, path, value, found) {
  if (shape.min !== undefined && size < shape.min) {
    fail(`Member must have length greater than or equal to ${shape.min}`, path, value, found);
  }
  if (shape.max !== undefined && size > shape.max) {
    fail(`Member must have length less than or equal to ${shape.max}`, path, value, found);
  }
}

/** @param {import('./facts.js').Shape} shape @param {number} value @param {string} path @param {string[]} found */
function checkRange(shape, value, path, found) {
  if (shape.min !== undefined && value < shape.min) {
    fail(`Member must have value greater than or equal to ${shape.min}`, path, value, found);
  }
  if (shape.max !== undefined && value > shape.max) {
    fail(`Member must have value less than or equal to ${shape.max}`, path, value, found);
  }
}

/** @param {string} rule @param {string} path @param {any} value @param {string[]} found */
function fail(rule, path, value, found) {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  found.push(`Value '${text.slice(0, 200)}' at '${path}' failed to satisfy constraint: ${rule}`);
}

/** @param {boolean} ok @param {string} wanted @param {string} path @param {any} value */
function expect(ok, wanted, path, value) {
  if (ok) return value;
  const got = value === null ? 'NULL' : Array.isArray(value) ? 'LIST' : typeof value === 'object' ? 'STRUCTURE' : (typeof value).toUpperCase();
  throw new ServiceError('SerializationException', `${got}_VALUE can not be converted to ${wanted}${path && ` at '${path}'`}`);
}

/** @param {any} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** @param {string} path @param {string} name */
const join = (path, name) => (path ? `${path}.${name}` : name);
