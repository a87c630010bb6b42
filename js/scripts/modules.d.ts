// What the build resolves and TypeScript cannot see (build/entries.mjs tells the contract).
declare module '#glue' {
  export function attach(exports: Record<string, unknown>): void;
  export const imports: WebAssembly.ModuleImports;
  export const IVS: {
    sign(client: unknown, index: number, params: unknown, options: unknown): Promise<any>;
    start(index: number, client: unknown, params: unknown, options: unknown): Promise<any>;
  };
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
