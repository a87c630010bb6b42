// What the build resolves and TypeScript cannot see (build/entries.mjs tells the contract).
declare module '#glue' {
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
  const glue: WebAssembly.ModuleImports;
  export default glue;
}
declare module '#wasm' {
  export function bytes(): Promise<ArrayBuffer>;
}
declare module '#wasm/v2' {
  export function bytes(): Promise<ArrayBuffer>;
}
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
declare module '*.wasm?module' {
  const module: WebAssembly.Module;
  export default module;
}
