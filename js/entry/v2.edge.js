// @ts-check
// Vercel's edge runtime: like Workers, with a suffix that its bundler asks for.
// @ts-ignore: the bundler knows the type
import wasm from './v2.wasm?module';
import { provide } from '../v2/wasm.js';
import { AWS } from '../v2/aws.js';

provide(() => wasm);

export { AWS, AWS as default };
export * from '../v2/names.js';
