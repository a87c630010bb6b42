// @ts-check
// Providers of credentials: functions for the option `credentials`.
import { provide } from '../load.js';

provide(async () => (await import('#wasm')).bytes());

export { fromCache, fromCognitoIdentityPool, fromEnv, fromHttp, fromTemporaryCredentials, fromWebToken } from '../credentials/providers.js';
