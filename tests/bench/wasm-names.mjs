// @ts-check
// What each crate costs: the code of ivs.wasm before wasm-opt, read by its name section. Shares, not bytes of the package: wasm-opt
// makes all of it smaller.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/project.mjs';

/** As wasm-bindgen left it, without its descriptions. */
const FILE = join(ROOT, 'target/npm/glue/ivs_bg.wasm');

/** Bytes of code by crate, and of data. Empty if nothing was built here. @returns {Record<string, number>} */
export function byCrate() {
  if (!existsSync(FILE)) return {};
  const bytes = readFileSync(FILE);
  /** @type {Record<string, number>} */
  const crates = {};
  /** @type {number[]} */
  const bodies = [];
  /** @type {Map<number, string>} */
  const names = new Map();
  let at = 8, imported = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  while (at < bytes.length) {
    const id = bytes[at++];
    const end = number() + at;
    if (id === 2) imported = functionImports(number, text, () => bytes[at++], () => at++);
    if (id === 10) for (let count = number(); count > 0; count--) { const length = number(); bodies.push(length); at += length; }
    if (id === 11) crates['(data: tables, texts)'] = end - at;
    if (id === 0 && text() === 'name') {
      while (at < end) {
        const kind = bytes[at++];
        const stop = number() + at;
        if (kind === 1) for (let count = number(); count > 0; count--) names.set(number(), text());
        at = stop;
      }
    }
    at = end;
  }
  if (!names.size) return {};
  bodies.forEach((length, i) => {
    const crate = crateOf(names.get(i + imported) ?? '');
    crates[crate] = (crates[crate] ?? 0) + length;
  });
  return Object.fromEntries(Object.entries(crates).sort((a, b) => b[1] - a[1]));
}

/** Counts the functions among the imports. @param {() => number} number @param {() => string} text @param {() => number} byte @param {() => void} skip */
function functionImports(number, text, byte, skip) {
  let functions = 0;
  for (let count = number(); count > 0; count--) {
    text();
    text();
    const kind = byte();
    if (kind === 0) { functions += 1; number(); }
    else if (kind === 3) { skip(); skip(); }
    else { if (kind === 1) skip(); const limits = byte(); number(); if (limits & 1) number(); }
  }
  return functions;
}

/** The crate whose code a function is; of `<A as b::Trait>` it is A's. @param {string} name */
function crateOf(name) {
  const legacy = /^_ZN(?:\d+_?\$LT\$)?(?:[^a-zA-Z]*)(.*)$/.exec(name);
  const known = ['ivs_wasm', 'sha2', 'hmac', 'hex', 'lol_alloc', 'wasm_bindgen_futures', 'js_sys', 'web_sys', 'wasm_bindgen', 'digest', 'hybrid_array', 'block_buffer', 'compiler_builtins', 'alloc', 'core', 'std'];
  const found = known.map((crate) => /** @type {const} */ ([crate, name.search(new RegExp(`(^|[^a-z_])${crate}([^a-z_0-9]|$)|\\d${crate}(\\d|\\.\\.|E)`))])).filter(([, index]) => index >= 0).sort((a, b) => a[1] - b[1]);
  return found[0]?.[0] ?? (legacy ? 'other Rust' : 'runtime (memcpy, glue intrinsics)');
}
