// @ts-check
// The table of functions without those that only wasm-bindgen's descriptions put there: a shim for every type of closure that
// js-sys knows. The glue calls the shims that it needs by their exports, never through the table; in the table they would keep
// themselves, and what they call, alive. So would the wakers of tasks that JSPI polls, whose poll wasm-bindgen has taken out.
import { leb, reader, withSections } from './leb.mjs';

const [CUSTOM, ELEMENT] = [0, 9];
const SHIM = /^wasm_bindgen(\[\w+\])?::convert::closures::_::invoke/;
const WAKER = /^js_sys(\[\w+\])?::futures::jspi::task_waker::/;
const POLL = '__wbg_jspi_task_poll';

/**
 * Needs the section of names. What took such a place is replaced by a function that stays, since places have their numbers.
 * @param {Uint8Array} wasm
 */
export function dropShims(wasm) {
  const names = functionNames(wasm);
  if (!names.size) throw new Error('the wasm has no names of functions: nothing tells which are shims');
  const polled = [...names.values()].includes(POLL);
  const isDead = (/** @type {string} */ name) => SHIM.test(name) || (!polled && WAKER.test(name));
  return withSections(wasm, (id, body) => (id === ELEMENT ? elements(body, (index) => isDead(names.get(index) ?? '')) : body));
}

/** By index, as the section of names has them. @param {Uint8Array} wasm */
export function functionNames(wasm) {
  /** @type {Map<number, string>} */
  const names = new Map();
  withSections(wasm, (id, body) => {
    const read = reader(body);
    if (id !== CUSTOM || read.text() !== 'name') return body;
    while (!read.over()) {
      const kind = read.byte();
      const part = reader(read.bytes(read.number()));
      if (kind === 1) for (let left = part.number(); left > 0; left--) names.set(part.number(), part.text());
    }
    return body;
  });
  return names;
}

/** @param {Uint8Array} body @param {(index: number) => boolean} isDead */
function elements(body, isDead) {
  const read = reader(body);
  const start = [read.number(), read.number(), read.byte(), read.number(), read.byte()];
  // One segment of plain indices, at a constant offset.
  if (start[0] !== 1 || start[1] !== 0 || start[2] !== 0x41 || start[4] !== 0x0b) throw new Error('the table of functions has another form than build/table.mjs knows');
  const functions = Array.from({ length: read.number() }, () => read.number());
  const stays = functions.find((index) => !isDead(index));
  if (stays === undefined) throw new Error('the table of functions has nothing that stays');
  return Buffer.from([...leb(1), 0, 0x41, ...leb(start[3]), 0x0b, ...leb(functions.length), ...functions.flatMap((index) => leb(isDead(index) ? stays : index))]);
}
