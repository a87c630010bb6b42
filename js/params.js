// @ts-check
// Parameters as text, the way src/params.rs reads them: plain ones are their JSON; anything else is JSON that begins
// with the mark, in which a string that begins with the mark stands for what JSON cannot hold.
// This file is also compiled into the wasm glue as it stands, so it imports nothing.

const MARK = '\u0001';

/**
 * The text for `params`. Throws what the params themselves throw, and TypeError or RangeError on a cycle.
 * @param {unknown} params
 * @returns {string}
 */
export function text(params) {
  if (isPlain(params, 0)) return JSON.stringify(params);
  // As in v2, what is falsy means no parameters.
  return params ? MARK + JSON.stringify(params, mark) : '';
}

/**
 * Whether JSON shows all there is to it.
 * @param {any} value
 * @param {number} depth
 * @returns {boolean}
 */
function isPlain(value, depth) {
  const type = typeof value;
  if (type !== 'object') return depth > 0 && (type === 'string' || type === 'boolean' || Number.isFinite(value));
  if (value === null || depth > 60 || value.toJSON) return false;
  if (Array.isArray(value)) {
    // By index, since a gap is something that JSON does not show.
    for (let i = 0; i < value.length; i++) if (!isPlain(value[i], depth + 1)) return false;
    return true;
  }
  for (const key in value) if (!isPlain(value[key], depth + 1)) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * A replacer for JSON.stringify that looks at what is really there, before toJSON.
 * @this {any}
 * @param {string} key
 * @returns {unknown}
 */
function mark(key) {
  const value = this[key];
  const type = typeof value;
  if (type === 'string') return marked(value);
  if (value === null || type === 'boolean' || Array.isArray(value)) return value;
  if (type === 'number') return Number.isFinite(value) ? value : MARK + 'n';
  if (type === 'undefined') return MARK + 'u';
  const kind = Object.prototype.toString.call(value);
  if (kind === '[object Date]') return MARK + 'd' + Number(value);
  if (type !== 'object' || /^\[object (String|Number|Boolean|BigInt|Symbol)]$/.test(kind)) return MARK + 'o';
  // Inherited members count as present, although they are not sent; their key is marked.
  const flat = Object.create(null);
  for (const name in value) {
    if (Object.hasOwn(value, name)) flat[marked(name)] = value[name];
    else if (value[name] != null) flat[MARK + name] = true;
  }
  return flat;
}

/** @param {string} text */
const marked = (text) => (text.startsWith(MARK) ? MARK + text : text);
