// @ts-check
// The same for Cloudflare Workers.
// @ts-ignore: bundlers for Workers know the type
import wasm from './ivs.wasm';
import { provide } from '../load.js';

provide(() => wasm);

export { fromCache, fromCognitoIdentityPool, fromEnv, fromHttp, fromTemporaryCredentials, fromWebToken } from '../credentials/providers.js';
