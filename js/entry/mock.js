// @ts-check
// ivs-wasm/mock: Amazon IVS in memory, for the tests of applications. Nothing of it is in the other entries.
export { createIvs, EXAMPLE_CREDENTIAL } from '../mock/index.js';
