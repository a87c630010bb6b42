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
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return depth > 0;
    case 'number':
      return value - value === 0 && depth > 0;
    case 'object':
      if (value === null || depth > 60 || value.toJSON) return false;
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) if (!isPlain(value[i], depth + 1)) return false;
        return true;
      }
      if (Object.getPrototypeOf(value) !== Object.prototype) return false;
      for (const key in value) if (!isPlain(value[key], depth + 1)) return false;
      return true;
    default:
      return false;
  }
}

/**
 * A replacer for JSON.stringify that looks at what is really there, before toJSON.
 * @this {any}
 * @param {string} key
 * @returns {unknown}
 */
function mark(key) {
  const value = this[key];
  switch (typeof value) {
    case 'string':
      return value.startsWith(MARK) ? MARK + value : value;
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : MARK + 'n';
    case 'undefined':
      return MARK + 'u';
    case 'object':
      break;
    default:
      return MARK + 'o';
  }
  if (value === null || Array.isArray(value)) return value;
  switch (Object.prototype.toString.call(value)) {
    case '[object Date]':
      return MARK + 'd' + Number(value);
    case '[object String]':
    case '[object Number]':
    case '[object Boolean]':
    case '[object BigInt]':
    case '[object Symbol]':
      return MARK + 'o';
  }
  // Inherited members count as present, although they are not sent; their key is marked.
  const flat = Object.create(null);
  for (const name in value) {
    if (Object.prototype.hasOwnProperty.call(value, name)) flat[name.startsWith(MARK) ? MARK + name : name] = value[name];
    else if (value[name] !== undefined && value[name] !== null) flat[MARK + name] = true;
  }
  return flat;
}
