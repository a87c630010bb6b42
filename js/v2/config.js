// @ts-check
// AWS.Config: options by their key, defaults, and how credentials are found.
import { AWS } from './core.js';
import { Credentials } from './credentials.js';
import { error, hide } from './error.js';

/** A variable of the environment, where there is one. @param {string} name @returns {string | undefined} */
const env = (name) => {
  try {
    return /** @type {any} */ (globalThis).process?.env?.[name];
  } catch { /* Deno, which was not allowed to look */ }
};

/** Defaults; a function is asked when it is needed. */
const KEYS = {
  credentials() {
    // Those without keys make an error, which takes a Worker two milliseconds of its start.
    const prefix = ['AWS', 'AMAZON'].find((one) => env(`${one}_ACCESS_KEY_ID`) && env(`${one}_SECRET_ACCESS_KEY`));
    return prefix ? new AWS.EnvironmentCredentials(prefix) : null;
  },
  // Where there is an environment, it is asked again when keys are needed: it may be filled after the import.
  credentialProvider: () => (globalThis.process ? new AWS.CredentialProviderChain() : null),
  region: () => env('AWS_REGION') || env('AMAZON_REGION') || undefined, logger: null, apiVersions: {}, apiVersion: null, endpoint: undefined,
  httpOptions: { timeout: 120000 }, maxRetries: undefined, maxRedirects: 10, paramValidation: true, sslEnabled: true,
  s3ForcePathStyle: false, s3BucketEndpoint: false, s3DisableBodySigning: true, s3UsEast1RegionalEndpoint: 'legacy', s3UseArnRegion: undefined,
  computeChecksums: true, convertResponseTypes: true, correctClockSkew: false, customUserAgent: null, dynamoDbCrc32: true,
  systemClockOffset: 0, signatureVersion: null, signatureCache: true, retryDelayOptions: {}, useAccelerateEndpoint: false,
  clientSideMonitoring: false, endpointDiscoveryEnabled: undefined, endpointCacheSize: 1000, hostPrefixEnabled: true,
  useFipsEndpoint: () => env('AWS_USE_FIPS_ENDPOINT') === 'true', useDualstackEndpoint: () => env('AWS_USE_DUALSTACK_ENDPOINT') === 'true',
  stsRegionalEndpoints: 'legacy', token: null,
};

/** The keys given flat, which are kept inside credentials only. */
const SECRETS = ['accessKeyId', 'secretAccessKey', 'sessionToken'];

export class Config {
  /** @param {any} [options] */
  constructor(options = {}) {
    const given = this.extractCredentials(options);
    const { keys } = /** @type {any} */ (this);
    for (const key of Object.keys(keys)) this.set(key, given[key], keys[key]);
  }

  /** @param {any} options @param {boolean} [allowUnknownKeys] */
  update(options, allowUnknownKeys = false) {
    const given = this.extractCredentials(options);
    for (const key of Object.keys(given)) {
      // Sections are kept, also those of services that are not here: programs share one configuration.
      if (allowUnknownKeys || Object.hasOwn(/** @type {any} */ (this).keys, key) || AWS.Service._serviceMap[key] || typeof given[key] === 'object') this.set(key, given[key]);
    }
  }

  /** @param {string} key @param {any} value @param {any} [otherwise] */
  set(key, value, otherwise = /** @type {any} */ (this).keys[key]) {
    const mine = /** @type {any} */ (this);
    if (value === undefined) mine[key] = typeof otherwise === 'function' ? otherwise.call(this) : otherwise;
    else if (key === 'httpOptions' && mine[key]) mine[key] = { ...mine[key], ...value };
    else mine[key] = value;
  }

  clear() {
    const mine = /** @type {any} */ (this);
    for (const key of Object.keys(mine.keys)) delete mine[key];
    this.set('credentials', undefined);
    this.set('credentialProvider', undefined);
  }

  /** Keys given flat become credentials, and are not kept beside them, where JSON.stringify would show them. @param {any} options */
  extractCredentials(options) {
    if (!options?.accessKeyId && !options?.secretAccessKey) return options ?? {};
    const rest = { ...options };
    for (const key of SECRETS) delete rest[key];
    if (options.accessKeyId && options.secretAccessKey) rest.credentials = new Credentials(options);
    return rest;
  }

  /** @param {(error: any, credentials: any) => void} callback */
  getCredentials(callback) {
    const mine = /** @type {any} */ (this);
    const finish = (/** @type {any} */ problem) => callback(problem, problem ? null : mine.credentials);
    const failed = (/** @type {string} */ message, /** @type {any} */ cause) =>
      error(cause instanceof Error ? cause : Object.assign(new Error(typeof cause === 'string' ? cause : ''), typeof cause === 'object' && cause), { code: 'CredentialsError', message, name: 'CredentialsError' });
    const { credentials, credentialProvider } = mine;
    if (typeof credentials === 'function') {
      ask(credentials).then(
        (found) => callback(null, found),
        (cause) => callback(failed('Could not load credentials from the function', cause), null),
      );
    } else if (typeof credentials?.get === 'function') {
      credentials.get((/** @type {any} */ cause) => finish(cause && failed(`Could not load credentials from ${credentials.constructor.name}`, cause)));
    } else if (credentials) {
      finish(credentials.accessKeyId && credentials.secretAccessKey ? null : failed('Missing credentials', undefined));
    } else if (credentialProvider) {
      credentialProvider.resolve((/** @type {any} */ cause, /** @type {any} */ found) => {
        mine.credentials = found;
        finish(cause && failed('Could not load credentials from any providers', cause));
      });
    } else {
      finish(failed('No credentials to load', undefined));
    }
  }

  /** @param {any} dependency the class of promises; null for the native one */
  setPromisesDependency(dependency) {
    promises = dependency ?? (dependency === null ? Promise : undefined);
  }

  getPromisesDependency() {
    return promises;
  }
}
hide(Config.prototype, 'keys', KEYS);

/** Keys to sign with, or v2's error where there are none. @param {any} config @param {boolean} [plain] what went wrong is told as it is @returns {Promise<any>} */
export const keysOf = (config, plain) => new Promise((resolve, reject) => {
  config.getCredentials((/** @type {any} */ problem, /** @type {any} */ credentials) => {
    if (!problem && credentials?.accessKeyId && credentials.secretAccessKey) return resolve(credentials);
    if (problem && plain) return reject(problem);
    const cause = problem ?? error(new Error(), { code: 'CredentialsError', message: 'Missing credentials' });
    reject(error(cause, {
      code: 'CredentialsError',
      message: 'Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1',
    }));
  });
});

/** @type {any} */
let promises;

/** The class that promises are made of. @returns {PromiseConstructor} */
export const promiseClass = () => promises ?? Promise;

/** What functions have given, until five minutes before it expires. @type {WeakMap<Function, any>} */
const given = new WeakMap();

/** @param {Function} source */
async function ask(source) {
  const known = given.get(source);
  if (known && (!known.expiration || new Date(known.expiration).getTime() - 300_000 > Date.now())) return known;
  const found = await source();
  given.set(source, found);
  return found;
}

/** Drops what a function has given. @param {any} source */
export const forget = (source) => given.delete(source);
