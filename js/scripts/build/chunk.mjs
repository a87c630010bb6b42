// @ts-check
// The wasm as JavaScript, for runtimes that can neither import a .wasm file nor be sure to read one from disk. The chunk is
// loaded at the first call. Taken apart (build/streams.mjs) and deflated by zopfli, which takes seconds and finds 6 % more than
// zlib, its texts beside it as they are, it costs less to download than the bare file with gzip; plain base64 costs 6–9 KB more.
// Format `deflate` and not `deflate-raw`: Node knows the latter only since 20.12, and the difference is six bytes.
import { readFileSync } from 'node:fs';
import binaryen from 'binaryen';
import zopfli from '@gfx/zopfli';
import { streams } from './streams.mjs';

/**
 * The source of the chunk. Its one export, `bytes`, is an async function that gives the bytes of the wasm. (Not a default export:
 * what `import()` makes of one differs between ES modules and require().)
 * @param {Uint8Array} wasm
 */
export async function wasmChunk(wasm) {
  const tool = restorer();
  const { parts, texts } = streams(wasm);
  // The memory of restore.wat has room for both, before the opcodes and behind them.
  if (parts.length + texts.length + wasm.length * 1.1 > 1 << 19) throw new Error('the wasm is too long for the memory of build/restore.wat');
  const deflated = await zopfli.zlibAsync(Buffer.concat([tool, parts]), { numiterations: 160, blocksplittingmax: 40 });
  const source = chunk(Buffer.from(deflated).toString('base64'), texts, tool.length, parts.length);
  await check(source, { parts, texts }, wasm);
  return source;
}

/** restore.wat as wasm. */
function restorer() {
  const module = binaryen.parseText(readFileSync(new URL('restore.wat', import.meta.url), 'utf8'));
  binaryen.setShrinkLevel(2);
  binaryen.setOptimizeLevel(2);
  module.optimize();
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

/** @param {string} text @param {string} texts @param {number} tool length of the module that restores @param {number} parts of what it restores from */
const chunk = (text, texts, tool, parts) => `const text = "${text}";
const texts = ${JSON.stringify(texts)};
const decode = () => {
  const binary = atob(text), bytes = new Uint8Array(binary.length);
  for (let i = bytes.length; i--;) bytes[i] = binary.charCodeAt(i);
  return bytes;
};
const restore = (parts) => {
  const encoder = new TextEncoder();
  try {
    const { m, r } = new WebAssembly.Instance(new WebAssembly.Module(parts.subarray(0, ${tool}))).exports;
    const memory = new Uint8Array(m.buffer);
    memory.set(parts.subarray(${tool}));
    encoder.encodeInto(texts, memory.subarray(${parts}));
    return memory.subarray(${parts + texts.length}, r(${parts + texts.length}));
  } catch {
    return parts; // a policy forbids it; whoever compiles the bytes is told so
  }
};
export const bytes = async () => {
  const deflated = Uint8Array.fromBase64?.(text) ?? globalThis.Buffer?.from(text, "base64") ?? decode();
  // Node, Deno, Bun: loading the web's streams and Response takes them longer than all the rest of a first call.
  const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");
  return restore(zlib ? zlib.inflateSync(deflated)
    : new Uint8Array(await new Response(new Response(deflated).body.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer()));
};
`;

/**
 * The chunk gives the wasm back, but for what a taking apart leaves out.
 * @param {string} source @param {ReturnType<typeof streams>} from @param {Uint8Array} wasm
 */
async function check(source, from, wasm) {
  const made = await (await import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`)).bytes();
  const again = streams(made);
  if (!again.parts.equals(from.parts) || again.texts !== from.texts || !WebAssembly.validate(made)) throw new Error('what was taken apart and deflated does not come back');
  const surface = (/** @type {Uint8Array} */ from) => {
    const module = new WebAssembly.Module(Uint8Array.from(from));
    return JSON.stringify([WebAssembly.Module.imports(module), WebAssembly.Module.exports(module)]);
  };
  if (surface(made) !== surface(wasm)) throw new Error('what comes back has other imports or exports');
}
