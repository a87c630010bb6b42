// @ts-check
// The declarations of the package, once for import and once for require(): TypeScript takes a .d.ts beside a .cjs for a
// declaration of an ES module, so each one has a .d.cts twin that differs in the extension of what it imports.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PKG, at, filesUnder } from './project.mjs';

const TYPES = at('js/types');

/** Copies js/types/ to pkg/. Gives the files written. */
export function buildTypes() {
  const written = [];
  for (const file of filesUnder(TYPES).filter((name) => name.endsWith('.d.ts'))) {
    const text = readFileSync(join(TYPES, file), 'utf8');
    written.push(write(file, text));
    written.push(write(file.replace(/\.ts$/, '.cts'), text.replace(/((?:from|import\()\s*['"]\.[^'"]*)\.js(['"])/g, '$1.cjs$2')));
  }
  return written;
}

/** @param {string} file @param {string} text */
function write(file, text) {
  mkdirSync(dirname(join(PKG, file)), { recursive: true });
  writeFileSync(join(PKG, file), text);
  return file;
}
