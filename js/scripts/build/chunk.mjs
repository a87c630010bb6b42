// @ts-check
// The wasm as JavaScript, for runtimes that can neither import a .wasm file nor be sure to read one from disk. The chunk is
// loaded at the first call. Deflated, it costs under 1 KB more to download than the bare file; plain base64 costs 6–9 KB.
// Format `deflate` and not `deflate-raw`: Node knows the latter only since 20.12, and the difference is six bytes.
import { constants, deflateSync } from 'node:zlib';

/**
 * The source of the chunk. Its one export, `bytes`, is an async function that gives the bytes of the wasm. (Not a default export:
 * what `import()` makes of one differs between ES modules and require().)
 * @param {Uint8Array} wasm
 */
export function wasmChunk(wasm) {
  const text = deflateSync(wasm, { level: 9, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY }).toString('base64');
  return `const text = "${text}";
export const bytes = async () => {
  const deflated = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(inflated).arrayBuffer();
};
`;
}
