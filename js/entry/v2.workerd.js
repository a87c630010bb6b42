// @ts-check
// Cloudflare Workers compile no bytes inside a request: the wasm is a module that is imported.
// @ts-ignore: bundlers for Workers know the type
import wasm from './v2.wasm';
import { provide } from '../v2/wasm.js';
import { AWS } from '../v2/aws.js';

provide(() => wasm);

export { AWS, AWS as default };
export * from '../v2/names.js';
