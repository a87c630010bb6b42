// @ts-check
// Functions that give credentials, for the option `credentials`.
import { Limit, timed } from '../transport.js';
import { cognito, refused, session, sts } from './services.js';

/** A value, or what a function gives. @param {any} given */
const valueOf = (given) => (typeof given === 'function' ? given() : given);

/** What goes on to the calls. @param {any} options */
const transport = ({ endpoint, fetch, timeout, maxRetries }) => ({ endpoint, fetch, timeout, maxRetries });

/**
 * Credentials of a role, for the token of an identity provider (OpenID Connect).
 * @param {any} options roleArn, webIdentityToken (or a function that gives it), roleSessionName, providerId, policy, policyArns,
 * durationSeconds, region, endpoint, fetch
 */
export function fromWebToken(options) {
  return async () => {
    const { roleArn, roleSessionName = 'ivs-wasm', providerId, policy, policyArns, durationSeconds, region } = options;
    const params = {
      RoleArn: roleArn, RoleSessionName: roleSessionName, WebIdentityToken: await valueOf(options.webIdentityToken), ProviderId: providerId,
      Policy: policy, PolicyArns: policyArns, DurationSeconds: durationSeconds,
    };
    return session((await sts('AssumeRoleWithWebIdentity', params, { region, ...transport(options) })).Credentials);
  };
}

/**
 * Credentials of a role that other credentials may take on; without a RoleArn a session of those credentials themselves.
 * @param {any} options params (of STS AssumeRole), masterCredentials (an object or a function), mfaCodeProvider, region, endpoint, fetch
 */
export function fromTemporaryCredentials(options) {
  return async () => {
    const { params: given = {}, masterCredentials, mfaCodeProvider, region } = options;
    const keys = await valueOf(masterCredentials);
    if (!keys?.accessKeyId) throw refused('fromTemporaryCredentials needs masterCredentials: an object with keys, or a function that gives one');
    const params = { ...given };
    if (params.SerialNumber && !params.TokenCode) {
      if (typeof mfaCodeProvider !== 'function') throw refused('mfaCodeProvider must be a function when params.SerialNumber is given');
      params.TokenCode = await mfaCodeProvider(params.SerialNumber);
    }
    if (params.RoleArn) params.RoleSessionName ??= 'ivs-wasm';
    return session((await sts(params.RoleArn ? 'AssumeRole' : 'GetSessionToken', params, { region, keys, ...transport(options) })).Credentials);
  };
}

/**
 * Credentials of a Cognito identity pool, for visitors or users that are signed in elsewhere.
 * @param {any} options identityPoolId (or identityId), logins (tokens, or functions that give them, by provider), customRoleArn, region,
 * endpoint, fetch
 */
export function fromCognitoIdentityPool(options) {
  /** @type {string | undefined} */
  let identity = options.identityId;
  return async () => {
    if (!options.identityPoolId && !identity) throw refused('fromCognitoIdentityPool needs identityPoolId, or identityId');
    const { identityPoolId, logins, customRoleArn, region = String(identityPoolId ?? identity).split(':')[0] } = options;
    const call = { region, ...transport(options) };
    /** @type {Record<string, string> | undefined} */
    let Logins;
    for (const [name, token] of Object.entries(logins ?? {})) (Logins ??= {})[name] = await valueOf(token);
    identity ??= (await cognito('GetId', { IdentityPoolId: identityPoolId, Logins }, call)).IdentityId;
    try {
      const found = await cognito('GetCredentialsForIdentity', { IdentityId: identity, Logins, CustomRoleArn: customRoleArn }, call);
      return { ...session(found.Credentials), identityId: found.IdentityId };
    } catch (error) {
      // An identity that is not known any more is asked for anew next time.
      if (/** @type {any} */ (error).code === 'NotAuthorizedException') identity = options.identityId;
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
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL.test(url.hostname))) return url;
  throw refused('Credentials are fetched by https only, but from this machine');
}

/**
 * Credentials that a server of yours, or a container service, hands out as JSON.
 * @param {any} options url, headers (or a function that gives them), fetch, timeout
 */
export function fromHttp(options) {
  return async () => {
    const { timeout = 10_000, fetch: own = fetch } = options;
    const { href } = address(options.url);
    const headers = (await valueOf(options.headers)) ?? {};
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

/** What JSON says, or nothing. @param {any} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Keeps what a provider gives, also beyond this page or Worker: a store with `get` and `set` may be a Map, or stand for KV.
 * @param {() => Promise<any>} provider
 * @param {any} [options] store, key, window (seconds before the end in which credentials are replaced; 300)
 */
export function fromCache(provider, { store = new Map(), key = 'ivs-wasm-credentials', window = 300 } = {}) {
  const cached = async () => {
    // The client says so when AWS refused what it was given last.
    const { expired } = cached;
    cached.expired = false;
    const kept = expired ? undefined : await attempt(() => store.get(key));
    const found = typeof kept === 'string' ? parsed(kept) : kept;
    if (found?.accessKeyId && found.secretAccessKey) {
      const expiration = date(found.expiration);
      if (!expiration || expiration.getTime() - window * 1000 > Date.now()) return { ...found, expiration };
    }
    const given = await provider();
    // An end that nobody can read is none that JSON can keep.
    if (!Number.isNaN(date(given?.expiration)?.getTime())) await attempt(() => store.set(key, JSON.stringify(given)));
    return given;
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
