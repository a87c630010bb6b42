// Declarations of ivs-wasm/credentials: functions for the option `credentials`. Each one gives a function that is called when
// credentials are needed, and again shortly before they expire.

import type { AwsCredentials, FetchLike } from './index.js';

export interface ProvidedCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}
/** A function that gives credentials, for the option `credentials` of a client. */
export type CredentialsProvider<T extends ProvidedCredentials = ProvidedCredentials> = () => Promise<T>;

export interface CallOptions {
  region?: string | undefined;
  /** A hostname or a URL in place of AWS's. */
  endpoint?: string | undefined;
  fetch?: FetchLike | undefined;
  /** Milliseconds for one attempt; 10000 if not given. */
  timeout?: number | undefined;
  /** How often a call is repeated at most; 3 if not given. */
  maxRetries?: number | undefined;
}
type Given<T> = T | (() => T | Promise<T>);

/**
 * Credentials of a role for the token of an identity provider (AssumeRoleWithWebIdentity). The calls are not signed. Fails with
 * `CredentialsError` where the role or the token is missing, and as STS says.
 * @example
 * const credentials = fromWebToken({ roleArn, webIdentityToken: () => session.idToken(), region: 'us-west-2' });
 */
export declare function fromWebToken(options: CallOptions & {
  roleArn: string;
  webIdentityToken: Given<string>;
  /** `ivs-wasm` if not given. */
  roleSessionName?: string | undefined;
  providerId?: string | undefined;
  policy?: string | undefined;
  policyArns?: { arn: string }[] | undefined;
  /** Seconds. */
  durationSeconds?: number | undefined;
}): CredentialsProvider;

/** The parameters of STS AssumeRole and GetSessionToken. */
export interface TemporaryCredentialsParams {
  /** Not given at all: a session of the master credentials themselves, with all their rights. */
  RoleArn?: string;
  RoleSessionName?: string | undefined;
  Policy?: string | undefined;
  PolicyArns?: { arn: string }[] | undefined;
  /** Seconds. */
  DurationSeconds?: number | undefined;
  Tags?: { Key: string; Value: string }[] | undefined;
  TransitiveTagKeys?: string[] | undefined;
  ExternalId?: string | undefined;
  SerialNumber?: string | undefined;
  TokenCode?: string | undefined;
  SourceIdentity?: string | undefined;
  ProvidedContexts?: { ProviderArn: string; ContextAssertion: string }[] | undefined;
}

/**
 * Credentials of a role that other credentials may take on (AssumeRole); without RoleArn a session of those (GetSessionToken). Fails with
 * `CredentialsError` where `RoleArn` is there but empty, and where a parameter is none of the call's: the keys would have more rights than
 * was meant.
 * @example
 * const credentials = fromTemporaryCredentials({ params: { RoleArn: 'arn:aws:iam::123456789012:role/viewer' }, masterCredentials, region: 'us-west-2' });
 */
export declare function fromTemporaryCredentials(options: CallOptions & {
  params?: TemporaryCredentialsParams | undefined;
  masterCredentials: Given<AwsCredentials>;
  mfaCodeProvider?: ((serialNumber: string) => Promise<string>) | undefined;
}): CredentialsProvider;

/**
 * Credentials of a Cognito identity pool. The region is that of the pool unless given. The identity is asked for once, and anew should
 * Cognito know it no more; on Workers, where calls cannot wait for each other, once by each that starts before the first answer. Fails with
 * `CredentialsError` where a login has no token: its user would become a guest.
 * @example
 * const credentials = fromCognitoIdentityPool({ identityPoolId: 'us-west-2:…', logins: { 'accounts.google.com': () => session.idToken() } });
 */
export declare function fromCognitoIdentityPool(options: CallOptions & {
  identityPoolId?: string | undefined;
  identityId?: string | undefined;
  /** Tokens, or functions that give them, by the names of their providers. */
  logins?: Record<string, Given<string>> | undefined;
  customRoleArn?: string | undefined;
}): CredentialsProvider<ProvidedCredentials & { identityId: string }>;

/** Credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and AWS_CREDENTIAL_EXPIRATION; on Workers give the bindings. */
export declare function fromEnv(env?: {
  AWS_ACCESS_KEY_ID?: string | undefined;
  AWS_SECRET_ACCESS_KEY?: string | undefined;
  AWS_SESSION_TOKEN?: string | undefined;
  AWS_CREDENTIAL_EXPIRATION?: string | undefined;
}): CredentialsProvider;

/** Credentials that a server of yours hands out as JSON; by https only, but from this machine. The URL is a whole one. */
export declare function fromHttp(options: {
  url: string;
  headers?: Given<Record<string, string>> | undefined;
  fetch?: FetchLike | undefined;
  /** Milliseconds; 10000 if not given. */
  timeout?: number | undefined;
}): CredentialsProvider;

/** Where texts are kept: a Map, Workers KV, or whatever else has `get`, and `set` or `put`. */
export type CredentialsStore =
  | { get(key: string): unknown; set(key: string, value: string): unknown }
  | { get(key: string): unknown; put(key: string, value: string): unknown };

/**
 * Keeps what a provider gives in a store until `window` seconds (300) before it expires, or AWS refuses it. A store that fails is one that
 * holds nothing. Providers that share a store need keys of their own.
 * @example
 * const credentials = fromCache(fromWebToken({ … }), { store: env.KV, key: 'ivs-viewer' });
 */
export declare function fromCache<T extends AwsCredentials>(
  provider: () => T | PromiseLike<T>,
  options?: {
    store?: CredentialsStore | undefined;
    /** Under which the credentials are kept; `ivs-wasm-credentials` if not given. */
    key?: string | undefined;
    /** Seconds. */
    window?: number | undefined;
  },
): CredentialsProvider<Omit<T, 'expiration' | 'sessionToken'> & ProvidedCredentials>;
