// @ts-check
// The namespace that everything of ivs-wasm/v2 hangs on, as in SDK v2: applications may read and replace what is in it.

/** @type {any} */
export const AWS = {
  /** The version of SDK v2 whose behaviour is kept. */
  VERSION: '2.1693.0',
};
