import { IVS } from 'ivs-wasm';

/**
 * What a call ends with where it cannot succeed.
 * @param {object} options
 */
export default (options) => new IVS(options).listChannels({}).then(
  () => ({ text: 'accepted' }),
  (error) => ({ code: error.code, text: [error.message, error.hint].join(' ') }),
);
