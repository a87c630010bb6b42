// @ts-check
// The JavaScript blocks of Markdown files. A block is run if its fence says `js run`.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Markdown files for users: the README and everything under docs/. @param {string} root */
export function pages(root) {
  const under = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  return [join(root, 'README.md'), ...under.sort().map((name) => join(root, 'docs', name))];
}

/**
 * @param {string} root @param {string} file
 * @returns {{ place: string, heading: string, tags: string[], code: string }[]}
 */
export function blocks(root, file) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^```(js(?: [^\n]*)?)\n([\s\S]*?)^```$/gm)].map(({ 1: info, 2: code, index }) => {
    const before = text.slice(0, index);
    return {
      place: `${relative(root, file)}:${before.split('\n').length}`,
      heading: before.match(/^#+ (.*)$(?![\s\S]*^#+ )/m)?.[1] ?? '',
      tags: info.split(' ').slice(1),
      code,
    };
  });
}

/** Links of a page to other files of the project. @param {string} file @returns {{ target: string, anchor: string }[]} */
export function links(file) {
  return [...readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```$/gm, '').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)]
    .map(([, target, anchor = '']) => ({ target, anchor }));
}

/** Anchors of a page's headings, as GitHub makes them. @param {string} file @returns {Set<string>} */
export function anchors(file) {
  const headings = readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm);
  return new Set([...headings].map(([, text]) =>
    text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-')));
}
