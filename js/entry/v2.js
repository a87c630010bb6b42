// @ts-check
// Amazon IVS as SDK v2 had it: AWS.IVS and what belongs to it.
import { provide } from '../v2/wasm.js';
import { AWS } from '../v2/aws.js';

provide(async () => (await import('#wasm/v2')).bytes());

export { AWS, AWS as default, AWS as 'module.exports' };
export * from '../v2/names.js';
