// What the build resolves and TypeScript cannot see (build/entries.mjs tells the contract).
declare module '#glue' {
  export function attach(exports: WebAssembly.Exports): void;
  export const imports: WebAssembly.ModuleImports;
  export const IVS: {
    sign(client: unknown, operation: string, params: unknown): Promise<any>;
    start(index: number, client: unknown, params: unknown, options: unknown): Promise<any>;
  };
  export const V2: {
    delay(retry: number, base?: number): number;
    drive(view: unknown, operation: string, from: number): Promise<number | undefined>;
    traits(code: string, message: string, status: number): number;
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
