// @ts-check
// The same for Vercel's edge runtime.
// @ts-ignore: the bundler knows the type
import wasm from './v2.wasm?module';
import { separate } from '../credentials/providers.js';
import { provide } from '../v2/wasm.js';

provide(() => wasm);
separate();

export { fromCache, fromCognitoIdentityPool, fromEnv, fromHttp, fromTemporaryCredentials, fromWebToken } from '../credentials/providers.js';
