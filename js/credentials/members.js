// @ts-check
// The parameters of the calls that give credentials, as the APIs of STS and Cognito name them.

/** What goes into each call: `!` must be there, `#` is no text. @type {Record<string, string>} */
export const MEMBERS = {
  AssumeRole: 'RoleArn! RoleSessionName! PolicyArns# Policy DurationSeconds# Tags# TransitiveTagKeys# ExternalId SerialNumber TokenCode SourceIdentity ProvidedContexts#',
  AssumeRoleWithSAML: 'RoleArn! PrincipalArn! SAMLAssertion! PolicyArns# Policy DurationSeconds#',
  AssumeRoleWithWebIdentity: 'RoleArn! RoleSessionName! WebIdentityToken! ProviderId PolicyArns# Policy DurationSeconds#',
  GetSessionToken: 'DurationSeconds# SerialNumber TokenCode',
  GetId: 'AccountId IdentityPoolId! Logins#',
  GetOpenIdToken: 'IdentityId! Logins#',
  GetCredentialsForIdentity: 'IdentityId! Logins# CustomRoleArn',
};
