// @ts-check
// The same for Cloudflare Workers.
// @ts-ignore: bundlers for Workers know the type
import wasm from './v2.wasm';
import { separate } from '../credentials/providers.js';
import { provide } from '../v2/wasm.js';

provide(() => wasm);
separate();

export { fromCache, fromCognitoIdentityPool, fromEnv, fromHttp, fromTemporaryCredentials, fromWebToken } from '../credentials/providers.js';
