// @ts-check
// The same for Vercel's edge runtime.
// @ts-ignore: the bundler knows the type
import wasm from './ivs.wasm?module';
import { provide } from '../load.js';

provide(() => wasm);

export { fromCache, fromCognitoIdentityPool, fromEnv, fromHttp, fromTemporaryCredentials, fromWebToken } from '../credentials/providers.js';
