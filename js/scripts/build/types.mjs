// @ts-check
// The declarations of the package, once for import and once for require(): TypeScript takes a .d.ts beside a .cjs for a
// declaration of an ES module, so each one has a .d.cts twin that differs in the extension of what it imports. The largest ones,
// which no entry is named after, are there as .d.cts only: an ES module may import those, too.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PKG, at, filesUnder } from './project.mjs';

const TYPES = at('js/types');
const ONCE = ['ivs', 'v2-ivs', 'v2-core'];

/**
 * Every declaration file of the package with its text. A twin that js/types/ does not have is made here.
 * @returns {Map<string, string>}
 */
export function declarations() {
  const files = filesUnder(TYPES).filter((file) => /\.d\.c?ts$/.test(file));
  const texts = new Map(files.map((file) => [file, readFileSync(join(TYPES, file), 'utf8')]));
  for (const [file, text] of [...texts].filter(([name]) => name.endsWith('.d.ts'))) {
    const twin = file.replace(/\.ts$/, '.cts');
    if (!texts.has(twin)) texts.set(twin, text.replace(/((?:from|import\()\s*['"]\.[^'"]*)\.js(['"])/g, '$1.cjs$2'));
    texts.set(file, text.replace(new RegExp(`(['"]\\.{1,2}/(?:${ONCE.join('|')}))\\.js(['"])`, 'g'), '$1.cjs$2'));
  }
  for (const name of ONCE) texts.delete(`${name}.d.ts`);
  return texts;
}

/** Writes them to pkg/. Gives the files written. */
export function buildTypes() {
  const texts = declarations();
  for (const [file, text] of texts) {
    mkdirSync(dirname(join(PKG, file)), { recursive: true });
    writeFileSync(join(PKG, file), text);
  }
  return [...texts.keys()];
}
