// @ts-check
// The wasm as JavaScript, for runtimes that can neither import a .wasm file nor be sure to read one from disk. The chunk is
// loaded at the first call. Deflated, by zopfli, which takes seconds and finds 6 % more than zlib, it costs less to download
// than the bare file with gzip; plain base64 costs 6–9 KB more.
// Format `deflate` and not `deflate-raw`: Node knows the latter only since 20.12, and the difference is six bytes.
import { inflateSync } from 'node:zlib';
import zopfli from '@gfx/zopfli';

/**
 * The source of the chunk. Its one export, `bytes`, is an async function that gives the bytes of the wasm. (Not a default export:
 * what `import()` makes of one differs between ES modules and require().)
 * @param {Uint8Array} wasm
 */
export async function wasmChunk(wasm) {
  const deflated = await zopfli.zlibAsync(wasm, { numiterations: 5 });
  if (!inflateSync(deflated).equals(wasm)) throw new Error('zopfli: what was deflated does not come back');
  const text = Buffer.from(deflated).toString('base64');
  return `const text = "${text}";
const decode = () => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text), bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
};
export const bytes = async () => {
  // Node, Deno, Bun: loading the web's streams, Blob and Response takes them longer than all the rest of a first call.
  const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");
  if (zlib) return zlib.inflateSync(decode());
  const inflated = new Blob([decode()]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(inflated).arrayBuffer();
};
`;
}
