// Options of the client: every one in its forms, and what is refused.
import Default, { IVS, ready, type AwsCredentialProvider, type ClientOptions, type V2Credentials } from 'ivs-wasm';

const provider: AwsCredentialProvider = async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c', expiration: new Date() });
const v2: V2Credentials = { accessKeyId: 'a', secretAccessKey: 'b', get: (callback) => callback() };

export const all: ClientOptions = {
  region: 'us-west-2',
  credentials: provider,
  accessKeyId: 'a',
  secretAccessKey: 'b',
  sessionToken: 'c',
  endpoint: 'https://localhost:8443/base',
  sslEnabled: true,
  useFipsEndpoint: false,
  useDualstackEndpoint: true,
  retryMode: 'standard',
  maxAttempts: 5,
  maxRetries: 4,
  retryDelayOptions: { base: 50, customBackoff: (count, error) => (error ? 100 * count : -1) },
  httpOptions: { timeout: 5000 },
  paramValidation: { min: true, max: true, pattern: true, enum: false },
  convertResponseTypes: true,
  correctClockSkew: true,
  retryCreates: true,
  timeout: 10_000,
  systemClockOffset: -300000,
  logger: console,
  params: { channelArn: 'x' },
  apiVersion: new Date(0),
  customUserAgent: 'my-app/1',
  fetch: globalThis.fetch,
};

new IVS();
new IVS(all);
new IVS({ ...all, credentials: v2, logger: { write: (line) => void line.length }, paramValidation: false });
new IVS({ credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, endpoint: new URL('https://example.com') });
new IVS({ fetch: async (url, init) => new Response(`${init.method} ${url}`) });
export const same: typeof IVS = Default;
export const loaded: Promise<void> = ready();

// @ts-expect-error no such option
new IVS({ regoin: 'us-west-2' });
// @ts-expect-error no such mode
new IVS({ retryMode: 'adaptive' });
// @ts-expect-error half a pair of keys
new IVS({ credentials: { accessKeyId: 'a' } });
// @ts-expect-error milliseconds, not text
new IVS({ httpOptions: { timeout: '5s' } });
// @ts-expect-error a number is no Region
new IVS({ region: 1 });
// @ts-expect-error needs `new`
IVS({});
