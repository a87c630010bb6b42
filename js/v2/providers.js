// @ts-check
// The credentials of SDK v2 that are loaded: web identity, SAML, roles, Cognito, the environment.
import { AWS } from './core.js';
import { CredentialProviderChain, Credentials } from './credentials.js';
import { error } from './error.js';

/** The calls are loaded with the first one: most programs have their credentials at hand. */
const calls = () => import('./provided.js');

/** Credentials that are not there before they are loaded. */
class Loaded extends Credentials {
  /** @type {any} */
  params;

  /** @param {any} [params] @param {any} [clientConfig] */
  constructor(params, clientConfig) {
    super();
    this.expired = true;
    this.params = params ?? {};
    Object.defineProperty(this, '_clientConfig', { value: clientConfig, writable: true });
  }

  /** @param {(error?: any) => void} [callback] */
  refresh(callback) {
    /** @type {any} */ (this).coalesceRefresh(callback ?? ((problem) => {
      if (problem) throw problem;
    }));
  }

  /** @param {(error?: any) => void} callback */
  load(callback) {
    calls().then(({ load }) => load(this)).then(() => callback(), callback);
  }
}

class WebIdentityCredentials extends Loaded {
  /** @type {any} */
  data = null;

  /** @param {any} params @param {any} [clientConfig] */
  constructor(params, clientConfig) {
    super(params, clientConfig);
    this.params.RoleSessionName ||= 'web-identity';
  }

  get kind() {
    return 'webIdentity';
  }
}

class SAMLCredentials extends Loaded {
  get kind() {
    return 'saml';
  }
}

class TemporaryCredentials extends Loaded {
  /** @param {any} [params] @param {any} [masterCredentials] */
  constructor(params, masterCredentials) {
    super(params);
    if (this.params.RoleArn) this.params.RoleSessionName ||= 'temporary-credentials';
    /** @type {any} */
    let master = masterCredentials || AWS.config.credentials;
    if (!master) throw error(new Error(), { code: 'CredentialsError', message: 'TemporaryCredentials needs masterCredentials, or AWS.config.credentials' });
    while (master.masterCredentials) master = master.masterCredentials;
    this.masterCredentials = typeof master.get === 'function' ? master : new Credentials(master);
  }

  get kind() {
    return 'role';
  }
}

class ChainableTemporaryCredentials extends Loaded {
  errorCode = 'ChainableTemporaryCredentialsProviderFailure';

  /** @param {any} [given] params, masterCredentials, stsConfig, tokenCodeFn */
  constructor({ params, masterCredentials, stsConfig, tokenCodeFn } = {}) {
    super({ ...params }, stsConfig);
    if (this.params.RoleArn) this.params.RoleSessionName ||= 'temporary-credentials';
    if (this.params.SerialNumber && typeof tokenCodeFn !== 'function') {
      throw error(new Error(), { code: this.errorCode, message: 'tokenCodeFn must be a function when params.SerialNumber is given' });
    }
    this.masterCredentials = masterCredentials || AWS.config.credentials || undefined;
    this.tokenCodeFn = this.params.SerialNumber ? tokenCodeFn : null;
  }

  get kind() {
    return 'role';
  }
}

/** @param {CognitoIdentityCredentials} credentials @param {'id' | 'providers'} what */
const storageKey = ({ localStorageKey, params }, what) => localStorageKey[what] + params.IdentityPoolId + (params.LoginId || '');

/** @param {CognitoIdentityCredentials} credentials */
function loadCachedId(credentials) {
  const { params, storage } = credentials;
  const id = storage[storageKey(credentials, 'id')];
  if (params.IdentityId || !id) return;
  const before = (storage[storageKey(credentials, 'providers')] ?? '').split(',');
  if (!params.Logins || Object.keys(params.Logins).some((name) => before.includes(name))) params.IdentityId = id;
}

class CognitoIdentityCredentials extends Loaded {
  /** @type {any} */
  data = null;
  localStorageKey = { id: 'aws.cognito.identity-id.', providers: 'aws.cognito.identity-providers.' };

  /** @param {any} params @param {any} [clientConfig] */
  constructor(params, clientConfig) {
    super(params, clientConfig);
    loadCachedId(this);
  }

  get identityId() {
    return this.params.IdentityId;
  }

  set identityId(id) {
    this.params.IdentityId = id;
  }

  /** Where ids outlive the page. @returns {Record<string, string>} */
  get storage() {
    try {
      return /** @type {any} */ (globalThis).window?.localStorage ?? {};
    } catch {
      return {};
    }
  }

  /** @param {string} id */
  cacheId(id) {
    this.params.IdentityId = id;
    try {
      this.storage[storageKey(this, 'id')] = id;
      if (this.params.Logins) this.storage[storageKey(this, 'providers')] = Object.keys(this.params.Logins).join(',');
    } catch { /* full, or forbidden */ }
  }

  clearCachedId() {
    delete this.params.IdentityId;
    delete this.storage[storageKey(this, 'id')];
    delete this.storage[storageKey(this, 'providers')];
  }

  get kind() {
    return 'pool';
  }
}

class EnvironmentCredentials extends Credentials {
  /** @param {string} [envPrefix] */
  constructor(envPrefix) {
    super();
    this.envPrefix = envPrefix;
    /** @type {any} */ (this).get(() => {});
  }

  /** @param {(error?: any) => void} [callback] */
  refresh(callback) {
    const { env } = /** @type {any} */ (globalThis).process ?? {};
    const names = ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN'].map((name) => (this.envPrefix ? `${this.envPrefix}_${name}` : name));
    const missing = names.find((name, i) => i < 2 && !env?.[name]);
    if (missing) {
      return callback?.(error(new Error(), { code: 'EnvironmentCredentialsProviderFailure', message: `Variable ${missing} not set.` }));
    }
    this.expired = false;
    const mine = /** @type {any} */ (this);
    [mine.accessKeyId, mine.secretAccessKey, mine.sessionToken] = names.map((name) => env[name]);
    callback?.();
  }
}

/** @type {any} */ (CredentialProviderChain).defaultProviders = ['AWS', 'AMAZON'].map((prefix) => () => new EnvironmentCredentials(prefix));
Object.assign(AWS, {
  WebIdentityCredentials, SAMLCredentials, TemporaryCredentials, ChainableTemporaryCredentials, CognitoIdentityCredentials, EnvironmentCredentials,
});
