// ivs-wasm/v2: what the classes and functions of SDK v2 that come with AWS.IVS look like. Where v2 says `any` so does this,
// since code that compiles against its declarations must compile against these.

import type { FetchLike } from './index.js';

/** An error: `code` says what went wrong, `retryable` whether the same request may succeed later. */
export type AWSError = Error & {
  code: string;
  message: string;
  retryable?: boolean;
  statusCode?: number;
  time: Date;
  hostname?: string;
  region?: string;
  retryDelay?: number;
  requestId?: string;
  extendedRequestId?: string;
  cfId?: string;
  originalError?: Error;
  /** What to do about it, where that is known. */
  hint?: string;
};

export interface CredentialsOptions {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

export declare class Credentials {
  constructor(options: CredentialsOptions | { credentials: CredentialsOptions });
  constructor(accessKeyId: string, secretAccessKey: string, sessionToken?: string);
  constructor();
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expired: boolean;
  expireTime: Date;
  static expiryWindow: number;
  get(callback: (err?: AWSError) => void): void;
  getPromise(): Promise<void>;
  needsRefresh(): boolean;
  refresh(callback: (err?: AWSError) => void): void;
  refreshPromise(): Promise<void>;
}

export declare class CredentialProviderChain extends Credentials {
  constructor(providers?: (Credentials | (() => Credentials))[]);
  static defaultProviders: (() => Credentials)[];
  providers: (Credentials | (() => Credentials))[];
  resolve(callback: (err: AWSError, credentials: Credentials) => void): CredentialProviderChain;
  resolvePromise(): Promise<Credentials>;
}

/** Credentials of a role, for the token of an identity provider. */
export declare class WebIdentityCredentials extends Credentials {
  constructor(params: RoleParams & { WebIdentityToken: string; ProviderId?: string }, clientConfig?: ConfigurationOptions);
  data: any;
  params: any;
}
export declare class SAMLCredentials extends Credentials {
  constructor(params: { RoleArn: string; PrincipalArn: string; SAMLAssertion: string; DurationSeconds?: number });
  data: any;
  params: any;
}
export declare class TemporaryCredentials extends Credentials {
  constructor(params?: Partial<RoleParams> & { SerialNumber?: string; TokenCode?: string }, masterCredentials?: Credentials);
  masterCredentials: Credentials;
}
export declare class ChainableTemporaryCredentials extends Credentials {
  constructor(options?: {
    params?: Partial<RoleParams> & { SerialNumber?: string; TokenCode?: string };
    masterCredentials?: Credentials;
    stsConfig?: ConfigurationOptions;
    tokenCodeFn?: (serialNumber: string, callback: (err?: Error, token?: string) => void) => void;
  });
  masterCredentials: Credentials;
}
export declare class CognitoIdentityCredentials extends Credentials {
  constructor(
    params: { IdentityPoolId?: string; IdentityId?: string; Logins?: Record<string, string>; LoginId?: string; AccountId?: string; CustomRoleArn?: string } & Partial<RoleParams>,
    clientConfig?: ConfigurationOptions,
  );
  identityId: string;
  data: any;
  params: any;
  clearCachedId(): void;
}
/** Credentials in environment variables, where there are any. */
export declare class EnvironmentCredentials extends Credentials {
  constructor(envPrefix?: string);
}
interface RoleParams {
  RoleArn: string;
  RoleSessionName?: string;
  Policy?: string;
  DurationSeconds?: number;
  ExternalId?: string;
}

export interface HTTPOptions {
  /** Milliseconds for one attempt, the body included; 0 for no limit. */
  timeout?: number;
  connectTimeout?: number;
  xhrAsync?: boolean;
  /** Whether browsers send cookies. */
  xhrWithCredentials?: boolean;
}
export interface RetryDelayOptions {
  base?: number;
  /** Milliseconds before a retry; a negative number for none. */
  customBackoff?: (retryCount: number, err?: Error) => number;
}
export interface Logger {
  log?: (...messages: any[]) => void;
  write?: (chunk: any) => any;
}
export interface ParamValidation {
  min?: boolean;
  max?: boolean;
  pattern?: boolean;
  enum?: boolean;
}
export interface ConfigurationOptions {
  accessKeyId?: string;
  secretAccessKey?: string;
  sessionToken?: string;
  /** Also an async function that gives them. */
  credentials?: Credentials | CredentialsOptions | (() => Promise<CredentialsOptions & { expiration?: Date | string | undefined }>) | null;
  credentialProvider?: CredentialProviderChain | null;
  region?: string;
  apiVersion?: 'latest' | string | Date | null;
  apiVersions?: Record<string, string | Date>;
  computeChecksums?: boolean;
  convertResponseTypes?: boolean;
  correctClockSkew?: boolean;
  customUserAgent?: string;
  /** In place of the global fetch. */
  fetch?: FetchLike;
  httpOptions?: HTTPOptions;
  logger?: Logger | null;
  maxRedirects?: number;
  maxRetries?: number;
  paramValidation?: ParamValidation | boolean;
  retryDelayOptions?: RetryDelayOptions;
  signatureCache?: boolean;
  signatureVersion?: string | null;
  sslEnabled?: boolean;
  systemClockOffset?: number;
  useDualstackEndpoint?: boolean;
  useFipsEndpoint?: boolean;
  stsRegionalEndpoints?: 'legacy' | 'regional';
}
export interface ServiceConfigurationOptions extends ConfigurationOptions {
  endpoint?: string | Endpoint;
  /** Parameters for every operation that has them. */
  params?: Record<string, any>;
}

export declare class Config {
  constructor(options?: ConfigurationOptions);
  getCredentials(callback: (err: AWSError | null, credentials: Credentials | CredentialsOptions | null) => void): void;
  update(options: ConfigurationOptions & Record<string, any>, allowUnknownKeys?: boolean): void;
  setPromisesDependency(dependency: any): void;
  getPromisesDependency(): any;
}
export interface Config extends ConfigurationOptions {
  ivs?: ServiceConfigurationOptions;
}

export declare class Endpoint {
  constructor(url: string);
  host: string;
  hostname: string;
  href: string;
  port: number;
  protocol: string;
}
export declare class HttpRequest {
  constructor(endpoint: Endpoint | string, region: string);
  body: any;
  endpoint: Endpoint;
  headers: Record<string, string>;
  method: string;
  path: string;
  region: string;
  pathname(): string;
  search(): string;
}
export declare class HttpResponse {
  body: any;
  headers: Record<string, string>;
  statusCode: number;
  statusMessage: string;
  streaming: boolean;
  createUnbufferedStream(): any;
}

export interface Progress {
  loaded: number;
  total: number;
}
type RequestEvent = 'validate' | 'build' | 'afterBuild' | 'sign' | 'restart';
type ResponseEvent = 'send' | 'retry' | 'afterRetry' | 'validateResponse' | 'extractError' | 'extractData' | 'success' | 'complete' | 'httpDone';

/** A call that is not made before send(), promise() or await. */
export declare class Request<D, E> {
  constructor(service: Service, operation: string, params?: any);
  service: Service;
  operation: string;
  params: any;
  startTime: Date;
  httpRequest: HttpRequest;
  response: Response<D, E>;
  send(callback?: (this: Response<D, E>, err: E, data: D) => void): Response<D, E>;
  promise(): Promise<PromiseResult<D, E>>;
  /** Awaiting a request makes the call. */
  then<R = PromiseResult<D, E>, S = never>(
    resolved?: ((data: PromiseResult<D, E>) => R | PromiseLike<R>) | null,
    rejected?: ((err: any) => S | PromiseLike<S>) | null,
  ): Promise<R | S>;
  catch<S = never>(rejected?: ((err: any) => S | PromiseLike<S>) | null): Promise<PromiseResult<D, E> | S>;
  finally(done?: (() => void) | null): Promise<PromiseResult<D, E>>;
  abort(): void;
  build(callback?: (err: E | null) => void): Request<D, E>;
  runTo(state?: string, callback?: (err: E | null) => void): Request<D, E>;
  createReadStream(): any;
  /** A URL that makes the call, for so many seconds (3600; a week at most). In SDK v2 the form without a callback gives it at once. */
  presign(expires?: number): Promise<string>;
  presign(expires: number | undefined, callback: (err: E | null, url?: string) => void): void;
  presign(callback: (err: E | null, url?: string) => void): void;
  eachPage(callback: (err: E, data: D, doneCallback?: () => void) => boolean | void): void;
  eachItem(callback: (err: E, item: any) => boolean | void): void;
  isPageable(): boolean;
  toUnauthenticated(): Request<D, E>;
  on(event: RequestEvent, listener: (request: Request<D, E>) => void, prepend?: boolean): Request<D, E>;
  on(event: ResponseEvent, listener: (response: Response<D, E>) => void, prepend?: boolean): Request<D, E>;
  on(event: 'error', listener: (err: AWSError, response: Response<D, E>) => void, prepend?: boolean): Request<D, E>;
  on(event: 'httpHeaders', listener: (statusCode: number, headers: Record<string, string>, response: Response<D, E>, statusMessage: string) => void, prepend?: boolean): Request<D, E>;
  on(event: 'httpData', listener: (chunk: Uint8Array, response: Response<D, E>) => void, prepend?: boolean): Request<D, E>;
  on(event: 'httpUploadProgress' | 'httpDownloadProgress', listener: (progress: Progress, response: Response<D, E>) => void, prepend?: boolean): Request<D, E>;
  on(event: 'httpError', listener: (err: Error, response: Response<D, E>) => void, prepend?: boolean): Request<D, E>;
  on(event: string, listener: (...args: any[]) => void, prepend?: boolean): Request<D, E>;
  addListener(event: string, listener: (...args: any[]) => void, prepend?: boolean): Request<D, E>;
  onAsync(event: string, listener: (...args: any[]) => void, prepend?: boolean): Request<D, E>;
  removeListener(event: string, listener: (...args: any[]) => void): Request<D, E>;
  removeAllListeners(event?: string): Request<D, E>;
  listeners(event: string): ((...args: any[]) => void)[];
}
export type PromiseResult<D, E> = D & { $response: Response<D, E> };

export declare class Response<D, E> {
  data: D | void;
  error: E | void;
  requestId: string;
  redirectCount: number;
  retryCount: number;
  httpResponse: HttpResponse;
  hasNextPage(): boolean;
  nextPage(): Request<D, E> | null;
  nextPage(callback: (err: E, data: D) => void): void;
}

export interface WaiterConfiguration {
  /** Seconds. */
  delay?: number;
  maxAttempts?: number;
}

export declare class Service {
  constructor(config?: ServiceConfigurationOptions);
  static defineService(serviceIdentifier: string, versions: string[], features?: any): typeof Service;
  config: Config & ServiceConfigurationOptions;
  endpoint: Endpoint;
  setEndpoint(endpoint: string | Endpoint): void;
  makeRequest(operation: string, params?: Record<string, any>, callback?: (err: AWSError, data: any) => void): Request<any, AWSError>;
  makeUnauthenticatedRequest(operation: string, params?: Record<string, any>, callback?: (err: AWSError, data: any) => void): Request<any, AWSError>;
  setupRequestListeners(request: Request<any, AWSError>): void;
  customizeRequests(callback: ((request: Request<any, AWSError>) => void) | null): void;
  waitFor(state: string, params?: any, callback?: (err: AWSError, data: any) => void): Request<any, AWSError>;
  on(event: 'apiCall' | 'apiCallAttempt', listener: (metric: Record<string, any>) => void): this;
}
