// What the tests import and is typed elsewhere, or not there before a build: the package itself is held to its types by tests/types.
declare module 'ivs-wasm';
declare module 'ivs-wasm/*';
declare module '#contenders';
declare module 'aws-sdk';
declare module 'aws-sdk/*';
declare module '@aws-sdk/client-ivs';
declare module '@smithy/signature-v4';
declare module 'aws4fetch';
declare module '*/rust_worker_bg.js' {
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
  export function handle(request: Request, env: unknown): Promise<Response>;
}
declare module '*.wasm';
declare module '*/suite.mjs';
