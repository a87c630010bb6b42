// ivs-wasm/slim: the same names, and provide.
import { IVS, IVSError, provide, ready, type ClientOptions, type WasmSource } from 'ivs-wasm/slim';
import Default from 'ivs-wasm/slim';

provide('/ivs.wasm');
provide(new URL('https://example.com/ivs.wasm'));
provide(new Uint8Array([0, 97, 115, 109]));
provide(new WebAssembly.Module(new ArrayBuffer(8)));
provide(fetch('/ivs.wasm'));
provide(() => fetch('/ivs.wasm', { integrity: 'sha384-x' }));
provide(async (): Promise<WasmSource> => new ArrayBuffer(8));
// @ts-expect-error null is no source (a number would pass: TypeScript declares WebAssembly.Module as an empty interface)
provide(null);
// @ts-expect-error a source is needed
provide();

const options: ClientOptions = { region: 'us-west-2' };
export const client: IVS = new Default(options);
export const error: IVSError | undefined = undefined;
export const done: Promise<void> = ready();
