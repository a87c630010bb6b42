// @ts-check
// Functions that give credentials, for the option `credentials`.
import { Limit, timed } from '../transport.js';
import { MEMBERS } from './members.js';
import { cognito, parsed, refused, session, sts } from './services.js';

/** A value, or what a function gives. @param {any} given */
const valueOf = (given) => (typeof given === 'function' ? given() : given);

/** What goes on to the calls. @param {any} options */
const transport = ({ endpoint, fetch, timeout, maxRetries }) => ({ endpoint, fetch, timeout, maxRetries });

/** A text that a call cannot do without. @param {unknown} value @param {string} name @param {string} provider */
function needed(value, name, provider) {
  if (typeof value === 'string' && value) return value;
  throw refused(`${provider} needs ${name}: a text, but it was given ${value === '' ? 'an empty one' : value === null ? 'null' : typeof value}`);
}

/**
 * Credentials of a role, for the token of an identity provider (OpenID Connect).
 * @param {any} [options] roleArn, webIdentityToken (or a function that gives it), roleSessionName, providerId, policy, policyArns,
 * durationSeconds, region, endpoint, fetch
 */
export function fromWebToken(options = {}) {
  return async () => {
    const { roleSessionName = 'ivs-wasm', providerId, policy, policyArns, durationSeconds, region } = options;
    const RoleArn = needed(options.roleArn, 'roleArn', 'fromWebToken');
    const WebIdentityToken = needed(await valueOf(options.webIdentityToken), 'webIdentityToken', 'fromWebToken');
    const params = {
      RoleArn, RoleSessionName: roleSessionName, WebIdentityToken, ProviderId: providerId, Policy: policy, PolicyArns: policyArns, DurationSeconds: durationSeconds,
    };
    return session((await sts('AssumeRoleWithWebIdentity', params, { region, ...transport(options) })).Credentials);
  };
}

/**
 * Credentials of a role that other credentials may take on; without a RoleArn a session of those credentials themselves.
 * @param {any} [options] params (of STS AssumeRole), masterCredentials (an object or a function), mfaCodeProvider, region, endpoint, fetch
 */
export function fromTemporaryCredentials(options = {}) {
  return async () => {
    const { params: given = {}, masterCredentials, mfaCodeProvider, region } = options;
    const keys = await valueOf(masterCredentials);
    if (!keys?.accessKeyId) throw refused('fromTemporaryCredentials needs masterCredentials: an object with keys, or a function that gives one');
    const params = { ...given };
    const action = actionFor(params);
    if (params.SerialNumber && !params.TokenCode) {
      if (typeof mfaCodeProvider !== 'function') throw refused('mfaCodeProvider must be a function when params.SerialNumber is given');
      params.TokenCode = await mfaCodeProvider(params.SerialNumber);
    }
    if (params.RoleArn) params.RoleSessionName ??= 'ivs-wasm';
    return session((await sts(action, params, { region, keys, ...transport(options) })).Credentials);
  };
}

/**
 * The call for such params. A role or a policy that gets lost by a slip would leave keys with all rights of the master, so what STS would
 * pass over is refused.
 * @param {Record<string, unknown>} params
 */
function actionFor(params) {
  if ('RoleArn' in params) needed(params.RoleArn, 'params.RoleArn (or none at all, for a session of masterCredentials themselves)', 'fromTemporaryCredentials');
  const action = params.RoleArn ? 'AssumeRole' : 'GetSessionToken';
  const known = MEMBERS[action].split(' ').map((marked) => marked.replace(/[!#]/, ''));
  const strange = Object.keys(params).find((name) => params[name] !== undefined && !known.includes(name));
  if (strange) throw refused(`fromTemporaryCredentials: STS ${action} has no parameter ${strange}; it takes ${known.join(', ')}`);
  return action;
}

/** Whether calls may wait for one answer together. On Workers a promise belongs to the request that made it. */
let shared = true;

/** Says that each request waits for itself. */
export function separate() {
  shared = false;
}

/**
 * Credentials of a Cognito identity pool, for visitors or users that are signed in elsewhere.
 * @param {any} [options] identityPoolId (or identityId), logins (tokens, or functions that give them, by provider), customRoleArn, region,
 * endpoint, fetch
 */
export function fromCognitoIdentityPool(options = {}) {
  /** @type {string | undefined} */
  let identity;
  /** @type {Promise<string> | undefined} */
  let asked;
  return async () => {
    const { identityPoolId, identityId, logins, customRoleArn, endpoint } = options;
    const pool = needed(identityPoolId || identityId, 'identityPoolId or identityId', 'fromCognitoIdentityPool');
    if (!options.region && !endpoint && !pool.includes(':')) throw refused('fromCognitoIdentityPool needs a region: an id such as us-west-2:… begins with it');
    const call = { region: options.region || pool.split(':')[0], ...transport(options) };
    /** @type {Record<string, string> | undefined} */
    let Logins;
    // Without its token a user would become a guest.
    for (const [name, token] of Object.entries(logins ?? {})) (Logins ??= {})[name] = needed(await valueOf(token), `logins[${JSON.stringify(name)}]`, 'fromCognitoIdentityPool');
    const ask = async () => (identity = /** @type {string} */ ((await cognito('GetId', { IdentityPoolId: identityPoolId, Logins }, call)).IdentityId));
    if (!identityId && !identity) {
      // Calls that start together are one visitor: each GetId makes another one.
      asked = (shared && asked) || ask();
      try {
        await asked;
      } finally {
        asked = undefined;
      }
    }
    try {
      const found = await cognito('GetCredentialsForIdentity', { IdentityId: identityId || identity, Logins, CustomRoleArn: customRoleArn }, call);
      return { ...session(found.Credentials), identityId: found.IdentityId };
    } catch (error) {
      // An identity that is not known any more is asked for anew next time.
      if (/^(NotAuthorized|ResourceNotFound)Exception$/.test(/** @type {any} */ (error).code)) identity = undefined;
      throw error;
    }
  };
}

/**
 * Credentials in the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CREDENTIAL_EXPIRATION.
 * @param {Record<string, string | undefined>} [env]
 */
export function fromEnv(env) {
  return async () => {
    const found = env ?? /** @type {any} */ (globalThis).process?.env ?? {};
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CREDENTIAL_EXPIRATION } = found;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw refused('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set in the environment');
    return { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken: AWS_SESSION_TOKEN, expiration: date(AWS_CREDENTIAL_EXPIRATION) };
  };
}

/** @param {any} given @returns {Date | undefined} */
const date = (given) => (given === undefined || given === null || given === '' ? undefined : new Date(given));

/** Addresses that are asked without TLS: this machine, and where container services answer. */
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|169\.254\.170\.(2|23)|\[fd00:ec2::23\])$/;

/** No answer with credentials is longer. */
const MOST = 65_536;

/** @param {any} given @returns {URL} */
function address(given) {
  let url;
  try {
    url = new URL(given);
  } catch {
    throw refused('fromHttp needs a whole URL');
  }
  if (url.username || url.password) throw refused('The URL of fromHttp must have no user name and no password: give them by headers');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL.test(url.hostname))) return url;
  throw refused('Credentials are fetched by https only, but from this machine');
}

/** What a runtime says of a header that it refuses shows the value, which may be a token. @param {Record<string, string>} headers */
function sendable(headers) {
  for (const [name, value] of Object.entries(headers)) {
    try {
      new Headers([[name, value]]);
    } catch {
      throw refused(`fromHttp: the header ${JSON.stringify(name)} cannot be sent; line breaks and characters beyond U+00FF are not allowed`);
    }
  }
  return headers;
}

/**
 * Credentials that a server of yours, or a container service, hands out as JSON.
 * @param {any} [options] url, headers (or a function that gives them), fetch, timeout
 */
export function fromHttp(options = {}) {
  return async () => {
    const { timeout = 10_000, fetch: own = fetch } = options;
    const { href } = address(options.url);
    const headers = sendable((await valueOf(options.headers)) ?? {});
    const limit = new Limit(timed(timeout), undefined, true);
    // A redirect is not followed: it would be told the headers. Some Workers know nothing of caches, and refuse the word.
    const init = { headers, redirect: 'manual', signal: limit.signal, ...('cache' in Request.prototype && { cache: 'no-store' }) };
    const { end, value } = await limit.until((async () => own(href, init))(), MOST);
    if (end) {
      const why = end === 1 ? `took longer than ${timeout} ms` : `failed: ${end === 3 ? value : 'the answer is too long'}`;
      throw Object.defineProperty(refused(`Fetching credentials ${why}`), 'cause', { value, configurable: true });
    }
    if (!(value.status >= 200 && value.status < 300)) throw refused(`Fetching credentials failed with status ${value.status}`);
    return handedOut(value.text);
  };
}

/** Credentials as servers write them, in either spelling. @param {string | null} text */
function handedOut(text) {
  const { AccessKeyId, SecretAccessKey, Token, Expiration, accessKeyId, secretAccessKey, sessionToken, expiration } = parsed(text) ?? {};
  const found = { accessKeyId: accessKeyId ?? AccessKeyId, secretAccessKey: secretAccessKey ?? SecretAccessKey, sessionToken: sessionToken ?? Token };
  if (!found.accessKeyId || !found.secretAccessKey) throw refused('The answer holds no accessKeyId and secretAccessKey');
  return { ...found, expiration: date(expiration ?? Expiration) };
}

/** @param {any} credentials */
const idOf = ({ accessKeyId, sessionToken }) => `${accessKeyId} ${sessionToken}`;

/**
 * Keeps what a provider gives, also beyond this page or Worker: the store may be a Map, Workers KV, or anything else with `get` and `set`
 * or `put`.
 * @param {() => Promise<any>} provider
 * @param {any} [options] store, key, window (seconds before the end in which credentials are replaced; 300)
 */
export function fromCache(provider, { store = new Map(), key = 'ivs-wasm-credentials', window = 300 } = {}) {
  /** The credentials given last, and those that AWS refused last, which are not given again. @type {string | undefined} */
  let last, gone;
  const cached = async () => {
    if (typeof provider !== 'function') throw refused('fromCache needs a provider: a function that gives credentials');
    if (typeof store?.get !== 'function' || typeof (store.set ?? store.put) !== 'function') throw refused('fromCache needs a store with get, and set or put');
    if (!(window >= 0)) throw refused('fromCache needs a window: seconds from 0');
    // The client says so when AWS refused what it was given. Others may ask before there is something else.
    if (cached.expired) {
      cached.expired = false;
      gone = last;
    }
    const kept = await attempt(() => store.get(key));
    const found = typeof kept === 'string' ? parsed(kept) : kept;
    /** Whether the kept ones will do for so many seconds. @param {number} seconds */
    const lasts = (seconds) => {
      if (!found?.accessKeyId || !found.secretAccessKey || idOf(found) === gone) return false;
      const end = date(found.expiration);
      return !end || end.getTime() - seconds * 1000 > Date.now();
    };
    let given = found;
    if (!lasts(window)) {
      try {
        given = await provider();
      } catch (error) {
        // What was to be replaced, but is valid still, serves on.
        if (!lasts(0)) throw error;
      }
    }
    if (!given) return given;
    last = idOf(given);
    const expiration = date(given.expiration);
    // An end that nobody can read is none that JSON can keep.
    if (given !== found && !Number.isNaN(expiration?.getTime())) {
      const text = JSON.stringify(given);
      await attempt(() => (store.set ? store.set(key, text) : store.put(key, text)));
    }
    return { ...given, expiration };
  };
  cached.expired = false;
  return cached;
}

/** A store that fails is one that holds nothing. @param {() => any} use */
async function attempt(use) {
  try {
    return await use();
  } catch {
    return undefined;
  }
}
