// What the functions between JavaScript and the wasm have in common. It takes the place of wasm-bindgen's own helpers, under
// their names where they do the same (build/glue.mjs puts it there): smaller, and good for an instance that is replaced after
// a trap (js/load.js). Nothing is made at import.

let wasm, encoder, decoder, view, left = 0, WASM_VECTOR_LEN = 0;

/** From now on this instance is the one. */
export const attach = (exports) => {
  wasm = exports;
  view = undefined;
  encoder ??= new TextEncoder();
  // Makes the decoder, if there is none.
  getStringFromWasm0(0, 1);
  // What the wasm finds in the table from the start; null, at 1025, is in it already.
  const table = wasm.__wbindgen_externrefs;
  table.set(0, undefined);
  table.set(1024, undefined);
  table.set(1026, true);
  table.set(1027, false);
};

/** The memory; what there was of it is empty once it has grown. */
const memory = () => (view?.buffer.byteLength ? view : (view = new DataView(wasm.memory.buffer)));

const bytes = (at, length) => new Uint8Array(memory().buffer, at >>> 0, length >>> 0);

const getStringFromWasm0 = (at, length) => {
  if (!length) return '';
  // Safari's decoders stop at 2 GiB.
  if ((left -= length) < 0) {
    decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    left = 2e9;
  }
  return decoder.decode(bytes(at, length));
};

/** Writes a text to memory of its own there; the length is in WASM_VECTOR_LEN. */
const passStringToWasm0 = (text) => {
  let room = text.length;
  // Nothing has no memory, only an address that is none.
  if (!room) return (WASM_VECTOR_LEN = 0, 1);
  let at = wasm.__wbindgen_malloc(room, 1);
  // Enough for ASCII; else as much is written as fits, and the rest gets the most that it can take.
  let { read, written } = encoder.encodeInto(text, bytes(at, room));
  if (read < text.length) {
    at = wasm.__wbindgen_realloc(at, room, room = written + (text.length - read) * 3, 1);
    written += encoder.encodeInto(text.slice(read), bytes(at, room).subarray(written)).written;
    at = wasm.__wbindgen_realloc(at, room, written, 1);
  }
  WASM_VECTOR_LEN = written;
  return at;
};

/** A text, if there is one, as the result of a function: two numbers at the address that the wasm gave. */
const giveString = (to, text) => {
  const at = text == null ? 0 : passStringToWasm0(text);
  const view = memory();
  // On the stack, which is at the start of the memory.
  view.setInt32(to, at, true);
  view.setInt32(to + 4, WASM_VECTOR_LEN, true);
};

const addToExternrefTable0 = (value) => {
  const index = wasm.__externref_table_alloc();
  wasm.__wbindgen_externrefs.set(index, value);
  return index;
};

/** What the function throws goes to the wasm as a value. */
const catching = (call) => (...args) => {
  try {
    return call(...args);
  } catch (error) {
    wasm.__wbindgen_exn_store(addToExternrefTable0(error));
  }
};
