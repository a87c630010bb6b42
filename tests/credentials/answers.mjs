// @ts-check
// What STS (XML), Cognito (JSON) and IVS answer. The same in every runtime.

/** @typedef {{ status: number, headers?: Record<string, string>, body: string }} Answer */

/** Far enough ahead that nothing counts as expired. */
export const EXPIRATION = '2033-05-18T03:33:20Z';

/** @param {string} text */
const xml = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c);

/** @param {Record<string, any>} members @returns {string} */
const elements = (members) => Object.entries(members)
  .map(([name, value]) => `<${name}>${typeof value === 'object' ? elements(value) : xml(String(value))}</${name}>`).join('\n  ');

/** An answer of STS. @param {string} action @param {any} [more] @param {any} [credentials] @returns {Answer} */
export const sts = (action, more = {}, credentials = {}) => ({
  status: 200,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'sts-1' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\n${elements({
    [`${action}Result`]: {
      Credentials: { AccessKeyId: 'ASIASTS', SecretAccessKey: 'sts/secret+&<', SessionToken: 'sts//token==', Expiration: EXPIRATION, ...credentials },
      ...more,
    },
    ResponseMetadata: { RequestId: 'sts-1' },
  })}\n</${action}Response>`,
});

/** A refusal of STS. @param {number} status @param {string} code @param {string} message @returns {Answer} */
export const stsRefusal = (status, code, message) => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'sts-2' },
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${elements({ Error: { Type: 'Sender', Code: code, Message: message }, RequestId: 'sts-2' })}</ErrorResponse>`,
});

/** An answer of Cognito. @param {any} value @returns {Answer} */
export const json = (value) => ({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'cognito-1' }, body: JSON.stringify(value) });

/** A refusal of Cognito. @param {number} status @param {string} code @param {string} [message] @returns {Answer} */
export const jsonRefusal = (status, code, message) => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'cognito-2', 'x-amzn-errortype': `${code}:http://internal.example/` },
  body: JSON.stringify({ __type: code, message }),
});

/** The keys of a pool. @param {any} [more] @returns {Answer} */
export const poolKeys = (more = {}) => json({
  IdentityId: 'us-west-2:identity',
  Credentials: { AccessKeyId: 'ASIAPOOL', SecretKey: 'pool/secret', SessionToken: 'pool//token==', Expiration: 2_000_000_000.5, ...more },
});

/** What the services say when all is well. @param {string} action @returns {Answer} */
export function fine(action) {
  switch (action) {
    case 'AssumeRoleWithWebIdentity':
      return sts(action, { SubjectFromWebIdentityToken: 'subject', AssumedRoleUser: { Arn: 'arn:aws:sts::1:assumed-role/r/n', AssumedRoleId: 'AROA:n' }, PackedPolicySize: 6, Provider: 'p', Audience: 'a' });
    case 'AssumeRoleWithSAML': return sts(action, { Subject: 'subject', Issuer: 'issuer' });
    case 'AssumeRole': return sts(action, { AssumedRoleUser: { Arn: 'arn', AssumedRoleId: 'id' } });
    case 'GetSessionToken': return sts(action);
    case 'GetId': return json({ IdentityId: 'us-west-2:identity' });
    case 'GetCredentialsForIdentity': return poolKeys();
    case 'GetOpenIdToken': return json({ IdentityId: 'us-west-2:identity', Token: 'open.id.token' });
    default: return json({ channels: [] });
  }
}
