// @ts-check
// wasm-bindgen's glue, written anew for size: the functions that the wasm imports become the items of one array, which have
// no names; the classes become objects with what js/ uses of them; the helpers become those of
// build/runtime.js. Whatever is not of a known form fails the build, not the users: a newer wasm-bindgen may write other glue.
import { readFileSync } from 'node:fs';
import { sha256 } from './project.mjs';

const RUNTIME = new URL('runtime.js', import.meta.url);

/** Methods that are there for Rust's own tests, and that js/ does not call. */
const UNUSED = new Set(['paging', 'clear']);

/** What runtime.js takes the place of: the statements of wasm-bindgen's that it was written for, by the hashes of their texts. */
const REPLACED = new Set([
  '01570b34', '023b53e0', '4777d9b1', '0c079eb3', 'dbc85971', '8c8840a6', 'f0ef1909', 'c12b63e9', '03e72bfc', '3e7d89a4',
  '9d7ba3d3', '9d0208b6', '2d42a5f2', 'bfa2e821', '5d2815c9', '9b996eeb', 'c315ecd9', '72e000e2', 'f02f1fd2', 'f06727d9',
]);

const MALLOC = 'wasm.__wbindgen_malloc, wasm.__wbindgen_realloc';

/** @type {[from: RegExp, to: string][]} */
const REWRITES = [
  [new RegExp(`passStringToWasm0\\((\\w+), ${MALLOC}\\)`, 'g'), 'passStringToWasm0($1)'],
  [
    /(?:var|const) ptr1 = (?:isLikeNone\(ret\) \? 0 : )?passStringToWasm0\(ret\);\n.* len1 = WASM_VECTOR_LEN;\n.*\(arg0 >>> 0\) \+ 4 \* 1, len1, true\);\n.*\(arg0 >>> 0\) \+ 4 \* 0, ptr1, true\);$/,
    'giveString(arg0, ret);',
  ],
  [/!isLikeNone\((\w+)\)/g, '$1 != null'],
  [/isLikeNone\((\w+)\)/g, '$1 == null'],
  // These are counts far below 2^31, or what JavaScript only hands back: nobody sees a sign.
  [/(?<=[(,] ?)(arg\d+) >>> 0(?=[,)])/g, '$1'],
  // Of the exports this is all that js/hand.js asks for: named here, where names are shortened (build/names.mjs).
  [/const ret = wasm;/, 'const ret = { step: wasm.step };'],
];

/**
 * Reads the glue. `text` gives it anew, with the functions of these names, each at its place in the list.
 * @param {string} glue
 * @param {string[]} operations in the order of the core's table
 */
export function readGlue(glue, operations) {
  const [head, tail, unknown] = /** @type {string[][]} */ ([[], [], []]);
  /** @type {Map<string, string>} */
  const functions = new Map();
  for (const piece of pieces(glue)) {
    const [, kind, name] = /^(?:export )?(import|class|function|const|let|if) ?(\w*)/.exec(piece) ?? [];
    if (kind === 'import') head.push(piece);
    else if (kind === 'class') tail.push(object(piece, name, operations));
    else if (/^export function (?!__wbg_set_wasm\b|__wbindgen_init_externref_table\b)/.test(piece)) functions.set(name, item(piece));
    else if (!/^(const \w+Finalization = |if \(Symbol\.dispose\) )/.test(piece) && !REPLACED.has(hash(piece))) unknown.push(`${hash(piece)} ${piece}`);
  }
  if (unknown.length) throw new Error(`build/runtime.js was not written for this of wasm-bindgen's glue:\n${unknown.join('\n')}`);
  return {
    /** Those that are alike side by side, since that is what compresses. */
    names: [...functions].sort(([, one], [, other]) => (one < other ? -1 : 1)).map(([name]) => name),
    /** @param {string[]} names */
    text: (names) => [
      ...head, readFileSync(RUNTIME, 'utf8'), ...tail,
      '/** What the wasm imports, each under its place here for a name. */', 'export const imports = [', ...names.map((name) => `${functions.get(name)},`), '];', '',
    ].join('\n'),
  };
}

/** The statements, without comments. @param {string} text */
const pieces = (text) => text.replaceAll(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '').split(/\n+(?=[^\s}])/).map((piece) => piece.trim());

/** A function that the wasm imports, as an expression. @param {string} piece */
function item(piece) {
  const caught = /^export function \w+\(\) \{ return handleError\(function \((.*)\) \{\n([\s\S]*)\n\}, arguments\); \}$/.exec(piece);
  const [, args, body] = caught ?? match(/^export function \w+\((.*)\) \{\n([\s\S]*)\n\}$/, piece);
  const text = `(${args}) => {\n${rewritten(body)}\n}`;
  return caught ? `catching(${text})` : text;
}

/** The static methods of a class as an object; nobody ever makes an object of the class. @param {string} piece @param {string} name @param {string[]} operations */
function object(piece, name, operations) {
  const left = new Set(name === 'IVS' ? operations : []);
  const methods = [];
  for (const [, method, args, body] of piece.matchAll(/^    static (\w+)\((.*)\) \{\n([\s\S]*?)\n    \}$/gm)) {
    if (left.delete(method)) match(/^ *const ret = wasm\.ivs_(\w+)\(client, params, options\);\n *return ret;$/, body);
    else if (!UNUSED.has(method)) methods.push(`${method}(${args}) {\n${rewritten(body)}\n},`);
  }
  if (left.size) throw new Error(`class ${name} of the glue has no ${[...left].join(', ')}`);
  // The exports that are operations have their number in the table for a name (build/names.mjs).
  if (name === 'IVS') methods.push('start: (index, client, params, options) => wasm[index](client, params, options),');
  return `export const ${name} = {\n${methods.join('\n')}\n};`;
}

/** @param {string} body */
function rewritten(body) {
  const text = REWRITES.reduce((before, [from, to]) => before.replace(from, to), body);
  const strange = /\b(handleError|isLikeNone|state0|decodeText|get\w*ArrayMemory0|cached\w+|__wbg_ptr|_realloc|_wbg_cb_unref)\b/.exec(text);
  if (strange) throw new Error(`a function of the glue has another form than build/glue.mjs knows:\n${body}`);
  return text;
}

/** @param {string} piece */
const hash = (piece) => sha256(piece).slice(0, 8);

/** @param {RegExp} form @param {string} text */
function match(form, text) {
  const found = form.exec(text);
  if (!found) throw new Error(`the glue has another form than build/glue.mjs knows:\n${text}`);
  return found;
}
