// @ts-check
// Providers of credentials: functions for the option `credentials`.
import { provide } from '../v2/wasm.js';

provide(async () => (await import('#wasm/v2')).bytes());

export { fromCache, fromCognitoIdentityPool, fromEnv, fromHttp, fromTemporaryCredentials, fromWebToken } from '../credentials/providers.js';
