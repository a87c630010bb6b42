// Declarations of ivs-wasm/slim: everything of ivs-wasm, and where the WebAssembly comes from.

export * from './index.js';
export { default } from './index.js';

/** `WebAssembly.Module`, where the declarations of the runtime know it. */
type Module = typeof globalThis extends { WebAssembly: { Module: new (...args: never[]) => infer Compiled } } ? Compiled : object;

/**
 * What `provide` takes: a URL, to be fetched; the answer of a `fetch`; a compiled module; or the bytes of the file. A string is a URL too.
 */
export type WasmSource = string | URL | Response | Module | ArrayBuffer | Uint8Array;

/**
 * Says where the WebAssembly is: the file `ivs-wasm/ivs.wasm` of this very version. Call it before the first call of a client;
 * calls made earlier fail with code LoadError. Nothing is loaded yet: a URL is fetched, and a function is called, with the
 * first call or with `ready()`, and again with the next one if loading failed.
 *
 * @example
 * import { IVS, provide } from 'ivs-wasm/slim';
 * provide('/assets/ivs.wasm');
 * // held to a known hash, and fetched with the first call:
 * provide(() => fetch('/assets/ivs.wasm', { integrity: 'sha384-…' }));
 */
export declare function provide(source: WasmSource | Promise<WasmSource> | (() => WasmSource | Promise<WasmSource>)): void;
