// @ts-check
// What an object of options holds, the way src/js/options.rs reads it.
// This file is also compiled into the wasm glue as it stands, so it imports nothing.

/** @type {Record<string, string | undefined>} */
const LETTERS = { undefined: '-', string: 't', number: 'n', boolean: 'b', function: 'f', object: 'o' };

/**
 * The own properties by their names, those of the objects called `sections` behind a dot. Under the empty name, two lines for each:
 * a letter for its type and its name; its value, if that is a string or a boolean.
 * @param {object} options
 * @param {string} sections
 */
export function seen(options, sections) {
  /** @type {Record<string, unknown>} */
  const flat = Object.create(null);
  let lines = '';
  const read = (/** @type {any} */ from, /** @type {string} */ prefix) => {
    for (const key of Reflect.ownKeys(from)) {
      if (typeof key !== 'string') continue;
      const name = prefix + key;
      try {
        const given = flat[name] = from[key] ?? undefined;
        // An endpoint of SDK v2 is an object that knows its address.
        if (name === 'endpoint' && typeof given === 'object' && typeof given.href === 'string') flat[name] = given.href || given;
      } catch { /* as if it were not there */ }
      const value = flat[name];
      const letter = LETTERS[typeof value] ?? '?';
      // No option may have a control character, so that it does not matter which one.
      for (const text of [letter + name, letter === 't' || letter === 'b' ? `${value}` : '']) lines += `${text.replaceAll('\n', '\r')}\n`;
      if (letter === 'o' && sections.split(' ').includes(name)) read(value, `${name}.`);
    }
  };
  read(options, '');
  flat[''] = lines;
  return flat;
}
