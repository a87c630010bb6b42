// @ts-check
// The calls behind the credentials of SDK v2 that are loaded; this file comes with the first of them.
import { AWS } from './core.js';
import { Config, keysOf } from './config.js';
import { Endpoint, hostname, isRegion, realRegion } from './endpoint.js';
import { error, ofCore } from './error.js';
import { TRAITS, traits } from './wasm.js';
import { IVSError } from '../errors.js';
import { MEMBERS } from '../credentials/members.js';
import { cognito, sts } from '../credentials/services.js';

/** The params of one call, checked as v2 does. What else there is among them is for another call. @param {string} action @param {any} given */
function asked(action, given) {
  /** @type {any} */
  const params = {};
  /** @type {any[]} */
  const errors = [];
  const refuse = (/** @type {string} */ code, /** @type {string} */ message) => errors.push(error(new Error(), { code, message }));
  for (const marked of MEMBERS[action].split(' ')) {
    const name = marked.replace(/[!#]/, '');
    const value = given[name];
    if (value === undefined || value === null) {
      if (marked.includes('!')) refuse('MissingRequiredParameter', `Missing required key '${name}' in params`);
      continue;
    }
    if (!marked.includes('#') && typeof value !== 'string') refuse('InvalidParameterType', `Expected params.${name} to be a string`);
    params[name] = value;
  }
  if (errors.length > 1) {
    const message = `There were ${errors.length} validation errors:\n${errors.map((one) => `* ${one.code}: ${one.message}`).join('\n')}`;
    throw error(new Error(), { code: 'MultipleValidationErrors', message, errors });
  }
  if (errors.length) throw errors[0];
  return params;
}

/** AWS.config, its section for a service, and a client's own options. @param {string} section @param {any} own */
function settings(section, own) {
  const config = /** @type {any} */ (new Config(AWS.config));
  for (const given of [AWS.config[section], own]) if (given) config.update(given, true);
  return config;
}

/** Where to, and how. @param {any} config @param {'sts' | 'cognito-identity'} prefix */
function options(config, prefix) {
  const { endpoint, httpOptions, maxRetries, systemClockOffset, retryDelayOptions } = config;
  const { region, fips } = realRegion(config.region ?? '');
  const useFipsEndpoint = (config.useFipsEndpoint || fips) && !(prefix === 'sts' && region.startsWith('us-gov-')); // the only ones there are
  const { useDualstackEndpoint } = config;
  if (region && !isRegion(region)) throw error(new Error(), { code: 'ConfigError', message: 'Invalid region in config' });
  const host = hostname({ region, useFipsEndpoint, useDualstackEndpoint }, prefix);
  // Of STS there is one for the regions of AWS's first partition; unless told otherwise, v2 asks that one.
  const isGlobal = prefix === 'sts' && !endpoint && config.stsRegionalEndpoints !== 'regional' && (!region || /^sts\.(?!us-(gov|iso)).*\.amazonaws\.com$/.test(host));
  if (!region && !isGlobal) throw error(new Error(), { code: 'ConfigError', message: 'Missing region in config' });
  return {
    endpoint: new Endpoint(endpoint || (isGlobal ? 'sts.amazonaws.com' : host), config).href, region: isGlobal ? 'us-east-1' : region,
    fetch: config.fetch ?? httpOptions?.fetch, timeout: httpOptions?.timeout || undefined, maxRetries: maxRetries ?? undefined, systemClockOffset, retryDelayOptions,
  };
}

/** A call that needs no keys. @param {string} action @param {any} params @param {any} [own] */
const askSts = (action, params, own) => sts(action, asked(action, params), options(settings('sts', own), 'sts'));

/** @param {string} action @param {any} params @param {any} own */
const askPool = (action, params, own) => cognito(action, asked(action, params), options(settings('cognitoidentity', own), 'cognito-identity'));

/** @param {any} credentials */
export const webIdentity = ({ params, _clientConfig }) => askSts('AssumeRoleWithWebIdentity', params, _clientConfig);

/** @param {any} credentials */
export const saml = ({ params }) => askSts('AssumeRoleWithSAML', params);

/** A role, or a session, by other credentials; with a code of a second factor where one is asked for. @param {any} credentials */
export async function role({ params, masterCredentials, tokenCodeFn, errorCode, _clientConfig }) {
  const config = settings('sts', { credentials: masterCredentials, ..._clientConfig });
  const given = { ...params };
  if (tokenCodeFn) {
    given.TokenCode = await new Promise((resolve, reject) => {
      tokenCodeFn(params.SerialNumber, (/** @type {any} */ problem, /** @type {string} */ token) => {
        if (!problem) return resolve(token);
        reject(error(new Error(), { code: errorCode, message: `Error fetching MFA token: ${problem instanceof Error ? problem.message : problem}` }));
      });
    });
  }
  const action = params.RoleArn ? 'AssumeRole' : 'GetSessionToken';
  const wanted = asked(action, given);
  const call = async () => sts(action, wanted, { ...options(config, 'sts'), keys: await keysOf(config) });
  return call().catch((problem) => {
    const { credentials } = config;
    if (!(problem instanceof IVSError && traits(problem) & TRAITS.expired && credentials)) throw problem;
    credentials.expired = true;
    return call();
  });
}

/** An identity of a Cognito pool. @param {any} credentials */
export async function pool(credentials) {
  const { params, _clientConfig } = credentials;
  params.RoleSessionName ||= 'web-identity';
  try {
    if (typeof params.IdentityId !== 'string') params.IdentityId = (await askPool('GetId', params, _clientConfig)).IdentityId;
    const found = await askPool(params.RoleArn ? 'GetOpenIdToken' : 'GetCredentialsForIdentity', params, _clientConfig);
    credentials.cacheId(found.IdentityId);
    if (!params.RoleArn) return found;
    params.WebIdentityToken = found.Token;
  } catch (problem) {
    if (/** @type {any} */ (problem).code === 'NotAuthorizedException') credentials.clearCachedId();
    throw problem;
  }
  return webIdentity(credentials);
}

/** Asks, and takes what is given. @param {any} credentials */
export async function load(credentials) {
  const keeps = 'data' in credentials;
  if (keeps) credentials.data = null;
  try {
    const data = await /** @type {any} */ ({ webIdentity, saml, role, pool })[credentials.kind](credentials);
    if (keeps) credentials.data = data;
    const { AccessKeyId, SecretAccessKey, SecretKey, SessionToken, Expiration } = data.Credentials;
    credentials.secretAccessKey = SecretAccessKey ?? SecretKey;
    Object.assign(credentials, { expired: false, accessKeyId: AccessKeyId, sessionToken: SessionToken, expireTime: Expiration });
  } catch (problem) {
    throw ofCore(problem);
  }
}
