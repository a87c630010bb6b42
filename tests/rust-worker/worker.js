// @ts-check
// The entry of a Worker in Rust: all there is to it in JavaScript. The glue and the wasm are what
// `wasm-bindgen --target bundler` makes of examples/rust_worker.rs.
import * as glue from './rust_worker_bg.js';
import module from './rust_worker_bg.wasm';

/** @type {any} */
const { exports } = new WebAssembly.Instance(module, { './rust_worker_bg.js': glue });
glue.__wbg_set_wasm(exports);
exports.__wbindgen_start();

export default {
  /** @param {Request} request @param {Record<string, string>} env */
  fetch: (request, env) => glue.handle(request, env),
};
