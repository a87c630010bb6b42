// @ts-check
// The calls behind the credentials of SDK v2 that are loaded; this file comes with the first of them.
import { AWS } from './core.js';
import { cognito, sts } from '../credentials/services.js';

/** What of AWS.config and a client's own options the calls need. @param {any} [own] @param {boolean} [global] */
function options(own = {}, global = false) {
  const config = { ...AWS.config, ...own };
  const { endpoint, region, httpOptions, maxRetries, systemClockOffset } = config;
  const url = typeof endpoint === 'string' ? endpoint : endpoint?.href;
  const regional = !global || config.stsRegionalEndpoints === 'regional';
  return { region: regional ? region ?? undefined : undefined, endpoint: own.endpoint ? url : undefined, timeout: httpOptions?.timeout,
    fetch: config.fetch, maxRetries, systemClockOffset };
}

/** @param {any} credentials */
export function webIdentity({ params, _clientConfig }) {
  const { RoleArn, RoleSessionName, WebIdentityToken, ProviderId, Policy, PolicyArns, DurationSeconds } = params;
  const asked = { RoleArn, RoleSessionName, WebIdentityToken, ProviderId, PolicyArns, Policy, DurationSeconds };
  return sts('AssumeRoleWithWebIdentity', asked, options(_clientConfig, true));
}

/** @param {any} credentials */
export const saml = ({ params }) => sts('AssumeRoleWithSAML', params, options(undefined, true));

/** A role, or a session, by other credentials; with a code of a second factor where one is asked for. @param {any} credentials */
export async function role({ params, masterCredentials, tokenCodeFn, _clientConfig }) {
  if (typeof masterCredentials.getPromise === 'function') await masterCredentials.getPromise();
  const asked = { ...params };
  if (params.SerialNumber && tokenCodeFn) {
    asked.TokenCode = await new Promise((resolve, reject) => {
      tokenCodeFn(params.SerialNumber, (/** @type {any} */ problem, /** @type {string} */ token) => (problem ? reject(problem) : resolve(token)));
    });
  }
  return sts(params.RoleArn ? 'AssumeRole' : 'GetSessionToken', asked, { ...options(_clientConfig, true), keys: masterCredentials });
}

/** An identity of a Cognito pool. @param {any} credentials */
export async function pool(credentials) {
  const { params, _clientConfig } = credentials;
  const { Logins, IdentityPoolId, AccountId, CustomRoleArn } = params;
  const config = options(_clientConfig);
  try {
    params.IdentityId ??= (await cognito('GetId', { AccountId, IdentityPoolId, Logins }, config)).IdentityId;
    const { IdentityId } = params;
    if (!params.RoleArn) {
      const data = await cognito('GetCredentialsForIdentity', { IdentityId, Logins, CustomRoleArn }, config);
      credentials.cacheId(data.IdentityId);
      return data;
    }
    const { Token, IdentityId: id } = await cognito('GetOpenIdToken', { IdentityId, Logins }, config);
    credentials.cacheId(id);
    params.WebIdentityToken = Token;
    const { RoleArn, RoleSessionName = 'web-identity', DurationSeconds } = params;
    return await sts('AssumeRoleWithWebIdentity', { RoleArn, RoleSessionName, WebIdentityToken: Token, DurationSeconds }, options(_clientConfig, true));
  } catch (problem) {
    if (/** @type {any} */ (problem).code === 'NotAuthorizedException') credentials.clearCachedId();
    throw problem;
  }
}
