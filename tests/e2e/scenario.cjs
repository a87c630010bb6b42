const { IVS } = require('ivs-wasm');

/** @param {any} input */
module.exports = async (input) => (await import('./walk.mjs')).walk(IVS, input);
