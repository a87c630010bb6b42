// @ts-check
// Members of a handwritten interface or class with their doc comments, read from its declarations, so that the reference
// says what the editor says. It reads the plain style of js/types/index.d.ts, not TypeScript at large.

const MEMBER = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:readonly )?([$\w]+)(\??)(?:: ((?:[^;{}]|\{[^{}]*\})*)|\(([^;]*));/g;

/**
 * @typedef {{ name: string, optional: boolean, type: string, doc: string, fallback: string }} Declared
 * @param {string} source @param {string} name @returns {Declared[]}
 */
export function declared(source, name) {
  const start = source.search(new RegExp(`export (?:interface|declare class) ${name}\\b`));
  if (start < 0) throw new Error(`${name} is not declared`);
  const body = source.slice(source.indexOf('{\n', start) + 1, source.indexOf('\n}', start));
  return [...body.matchAll(MEMBER)].map(([, comment, key, optional, type = 'function']) => {
    const text = comment.replace(/^\s*\* ?/gm, ' ').replace(/\s+/g, ' ').trim();
    const [doc, fallback = ''] = text.split(/ ?@default /);
    return { name: key, optional: optional === '?', type: type.replace(/ \| undefined$/, ''), doc: doc.trim(), fallback };
  });
}
