// Declarations of ivs-wasm/credentials: functions for the option `credentials`. Each one gives a function that is called when
// credentials are needed, and again shortly before they expire.

import type { FetchLike } from './index.js';

export interface ProvidedCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}
export type CredentialsProvider<T extends ProvidedCredentials = ProvidedCredentials> = () => Promise<T>;

export interface CallOptions {
  region?: string;
  /** A URL in place of AWS's. */
  endpoint?: string;
  fetch?: FetchLike;
  /** Milliseconds for one attempt; 10000 if not given. */
  timeout?: number;
  maxRetries?: number;
}
type Given<T> = T | (() => T | Promise<T>);

/**
 * Credentials of a role for the token of an identity provider (AssumeRoleWithWebIdentity).
 * @example
 * const credentials = fromWebToken({ roleArn, webIdentityToken: () => session.idToken(), region: 'us-west-2' });
 */
export declare function fromWebToken(options: CallOptions & {
  roleArn: string;
  webIdentityToken: Given<string>;
  roleSessionName?: string;
  providerId?: string;
  policy?: string;
  policyArns?: { arn: string }[];
  durationSeconds?: number;
}): CredentialsProvider;

/** Credentials of a role that other credentials may take on (AssumeRole); without RoleArn a session of those (GetSessionToken). */
export declare function fromTemporaryCredentials(options: CallOptions & {
  params?: { RoleArn?: string; RoleSessionName?: string; DurationSeconds?: number; ExternalId?: string; SerialNumber?: string; TokenCode?: string } & Record<string, unknown>;
  masterCredentials: Given<ProvidedCredentials>;
  mfaCodeProvider?: (serialNumber: string) => Promise<string>;
}): CredentialsProvider;

/** Credentials of a Cognito identity pool. The region is that of the pool unless given. */
export declare function fromCognitoIdentityPool(options: CallOptions & {
  identityPoolId?: string;
  identityId?: string;
  logins?: Record<string, Given<string>>;
  customRoleArn?: string;
}): CredentialsProvider<ProvidedCredentials & { identityId: string }>;

/** Credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and AWS_CREDENTIAL_EXPIRATION; on Workers give the bindings. */
export declare function fromEnv(env?: Record<string, string | undefined>): CredentialsProvider;

/** Credentials that a server of yours hands out as JSON; by https only, but from this machine. */
export declare function fromHttp(options: { url: string; headers?: Given<Record<string, string>>; fetch?: FetchLike; timeout?: number }): CredentialsProvider;

/** Keeps what a provider gives in a store (a Map, KV) until `window` seconds (300) before it expires. */
export declare function fromCache<T extends ProvidedCredentials>(
  provider: CredentialsProvider<T>,
  options?: {
    store?: { get(key: string): unknown; set(key: string, value: string): unknown };
    key?: string;
    window?: number;
  },
): CredentialsProvider<T>;
