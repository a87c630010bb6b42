// @ts-check
// What wasm-bindgen's glue lacks for an instance that is replaced after a trap (js/load.js), and for an import that does
// nothing. Each change must find its place: a newer wasm-bindgen with other glue fails the build, not the users.
import { readFileSync, writeFileSync } from 'node:fs';

/** @type {[why: string, from: string, to: string][]} */
const CHANGES = [
  [
    'a function that the old instance made must not run in the new one: its pointers mean something else there',
    'const state = { a: arg0, b: arg1, cnt: 1 };\n    const real = (...args) => {\n',
    'const home = wasm, state = { a: arg0, b: arg1, cnt: 1, home };\n    const real = (...args) => {\n        if (home !== wasm) return undefined;\n',
  ],
  ['nor be freed there', 'if (--state.cnt === 0) {', 'if (--state.cnt === 0 && home === wasm) {'],
  [
    'nor by the garbage collector',
    '(state => wasm.__wbindgen_destroy_closure(state.a, state.b))',
    '(state => state.home === wasm && wasm.__wbindgen_destroy_closure(state.a, state.b))',
  ],
  [
    "views of the old instance's memory are not those of the new one; codecs are made with the first instance, not at import",
    '    wasm = val;\n',
    "    wasm = val;\n    cachedDataViewMemory0 = cachedUint8ArrayMemory0 = null;\n"
      + "    cachedTextDecoder ??= new TextDecoder('utf-8', { ignoreBOM: true });\n    cachedTextEncoder ??= new TextEncoder();\n",
  ],
  ['see above', "let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });\ncachedTextDecoder.decode();\n", 'let cachedTextDecoder;\n'],
  ['see above', 'const cachedTextEncoder = new TextEncoder();\n', 'let cachedTextEncoder;\n'],
];

/** Every engine that runs our wasm has encodeInto. */
const POLYFILL = /\nif \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?\n\}\n/;

/** @param {string} file */
export function amendGlue(file) {
  let text = readFileSync(file, 'utf8');
  for (const [why, from, to] of CHANGES) {
    const parts = text.split(from);
    // Closures come in two kinds with the same lines.
    if (parts.length < 2) throw new Error(`${file} has no place for this change: ${why}\n${from}`);
    text = parts.join(to);
  }
  if (!POLYFILL.test(text)) throw new Error(`${file} has no polyfill of encodeInto`);
  writeFileSync(file, text.replace(POLYFILL, '\n'));
}
