// @ts-check
// Decides whether a request may come in: who signed it, for what, when, and whether the signature is right. The
// sentences are those that AWS's services answer; clients read the skew from two of them.
import { check } from './check.js';
import { basicTime, parseBasicTime } from './clock.js';
import { hex, sha256 } from './crypto.js';
import { ServiceError } from './errors.js';
import { signingName } from './facts.js';
import { readAuthorization } from './authorization.js';
import { canonicalRequest, signature, stringToSign } from './sigv4.js';

const SKEW = 5 * 60 * 1000;
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** @param {string} message */
const refused = (message) => new ServiceError('InvalidSignatureException', message, 403);

/**
 * @typedef {{ accountId: string, accessKeyId: string, secretAccessKey: string, sessionToken?: string,
 *   expiration?: number }} Credential
 */

const CREDENTIAL = { accountId: 'account', accessKeyId: 'text', secretAccessKey: 'text', sessionToken: 'text', expiration: 'number' };

/** Refuses what nobody could call with. @param {string} what @param {any} credential */
export const checkCredential = (what, credential) => check(what, credential, CREDENTIAL, ['accountId', 'accessKeyId', 'secretAccessKey']);

/**
 * @param {import('./sigv4.js').Received & { body: Uint8Array | string }} request
 * @param {{ credentials: Map<string, Credential>, regions: Set<string>, now: number }} known
 * @returns {Promise<{ credential: Credential, region: string }>}
 */
export async function verify(request, known) {
  const auth = readAuthorization(request);
  checkScope(auth, known.regions, request.headers.get('host') ?? '');
  const credential = findCredential(auth, known);
  checkTime(auth, known.now);
  checkSignedHeaders(auth, request);
  const bodyHash = request.body.length === 0 ? EMPTY_HASH : hex(await sha256(request.body));
  const claimed = request.headers.get('x-amz-content-sha256');
  if (claimed !== undefined && claimed !== bodyHash) {
    throw refused("The value of the x-amz-content-sha256 header does not match the hash of the body that was received.");
  }
  const canonical = canonicalRequest({ ...request, bodyHash }, auth.signedHeaders, auth.presigned ? 'X-Amz-Signature' : undefined);
  const expected = await signature(credential.secretAccessKey, auth.scope, await stringToSign(auth.time, auth.scope, canonical));
  if (expected !== auth.signature) {
    throw refused('The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.');
  }
  return { credential, region: auth.scope.region };
}

/** @param {import('./authorization.js').Authorization} auth @param {Set<string>} regions @param {string} host */
function checkScope({ scope, time }, regions, host) {
  // Called by a name of the real service, the endpoint holds the region of that name against the scope.
  const hostRegion = /^ivs(?:-fips)?\.([a-z]+(?:-[a-z]+)+-\d)\./.exec(host)?.[1];
  if (!regions.has(scope.region) || (hostRegion && hostRegion !== scope.region)) {
    throw refused(`Credential should be scoped to a valid region, not '${scope.region}'. `);
  }
  if (scope.service !== signingName) {
    throw refused(`Credential should be scoped to correct service: '${signingName}'. `);
  }
  if (scope.terminator !== 'aws4_request') {
    throw refused(`Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'. `);
  }
  if (scope.date !== time.slice(0, 8)) {
    throw refused(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${time.slice(0, 8)}', from '${time}'.`);
  }
}

/** @param {import('./authorization.js').Authorization} auth @param {{ credentials: Map<string, Credential>, now: number }} known */
function findCredential({ scope, token }, { credentials, now }) {
  const credential = credentials.get(scope.accessKeyId);
  if (!credential || credential.sessionToken !== token) {
    throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
  }
  if (credential.expiration !== undefined && credential.expiration <= now) {
    throw new ServiceError('ExpiredTokenException', 'The security token included in the request is expired', 403);
  }
  return credential;
}

/** @param {import('./authorization.js').Authorization} auth @param {number} now */
function checkTime({ time, presigned, expires = 0 }, now) {
  const signed = parseBasicTime(time);
  if (Number.isNaN(signed)) {
    throw new ServiceError('IncompleteSignatureException', `Date must be in ISO-8601 'basic format'. Got '${time}'. See http://en.wikipedia.org/wiki/ISO_8601`, 403);
  }
  const server = basicTime(now);
  if (presigned) {
    if (signed + expires * 1000 < now) throw refused(`Signature expired: ${time} is now earlier than ${basicTime(now - expires * 1000)} (${server} - ${expires / 60} min.)`);
  } else if (signed < now - SKEW) {
    throw refused(`Signature expired: ${time} is now earlier than ${basicTime(now - SKEW)} (${server} - 5 min.)`);
  }
  if (signed > now + SKEW) {
    throw refused(`Signature not yet current: ${time} is still later than ${basicTime(now + SKEW)} (${server} + 5 min.)`);
  }
}

/** @param {import('./authorization.js').Authorization} auth @param {import('./sigv4.js').Received} request */
function checkSignedHeaders({ signedHeaders }, request) {
  const signed = new Set(signedHeaders);
  if (!signed.has('host')) throw refused("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  for (const name of request.headers.keys()) {
    if (name.startsWith('x-amz-') && !signed.has(name)) {
      throw refused(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
}
