// Declarations of ivs-wasm that are written by hand: options, credentials, errors, paging.
// The class IVS with its operations and shapes is generated: ivs.d.ts.

export * from './ivs.js';
export { IVS as default } from './ivs.js';
import type { ServiceErrorCode } from './ivs.js';

/**
 * Loads the WebAssembly now instead of with the first call. Never required; calling it again does nothing more.
 *
 * @throws If this runtime has no WebAssembly or forbids it (in browsers the Content-Security-Policy needs `'wasm-unsafe-eval'`).
 * @example
 * await ready();   // while the page shows its loading screen
 */
export declare function ready(): Promise<void>;

// ---------------------------------------------------------------------------------------------------------------- credentials

/** Keys of an AWS identity. Long-lived keys have no place in a browser: use temporary ones, which carry a session token. */
export interface AwsCredentials {
  /** Access key ID, `AKIA…` (long-lived) or `ASIA…` (temporary). */
  accessKeyId: string;
  /** Secret access key. Never logged and never part of an error. */
  secretAccessKey: string;
  /** Session token; required with temporary keys. */
  sessionToken?: string | undefined;
  /** When the keys end. A function that gave them is asked again shortly before. Left out: they do not end. */
  expiration?: Date | string | number | undefined;
}

/** Function that gives credentials, now or later. Providers of AWS's v3 packages fit as they are. */
export type AwsCredentialProvider = () => AwsCredentials | PromiseLike<AwsCredentials>;

/** Credentials object of SDK v2: `get` brings its own fields up to date and then calls back. */
export interface V2Credentials {
  accessKeyId?: string | undefined;
  secretAccessKey?: string | undefined;
  sessionToken?: string | undefined;
  /** Time at which the keys end. */
  expireTime?: Date | null | undefined;
  /** Makes the fields valid, then calls back, with an error if it could not. */
  get(callback: (error?: Error | null) => void): void;
}

/** Every form of credentials that a client takes. */
export type CredentialsOption = AwsCredentials | AwsCredentialProvider | V2Credentials;

// -------------------------------------------------------------------------------------------------------------------- options

/** Which checks of parameters to make besides required, types and unknown names. All off unless named. */
export interface ParamValidation {
  /** Least lengths, counts and values. */
  min?: boolean | undefined;
  /** Greatest lengths, counts and values. */
  max?: boolean | undefined;
  /** Patterns, apart from the one for `resourceArn`, which is published wrongly. */
  pattern?: boolean | undefined;
  /** Values of enumerations. A value that IVS knows and this release does not is then refused. */
  enum?: boolean | undefined;
}

/** Waiting times between attempts, as in SDK v2. */
export interface RetryDelayOptions {
  /** Base of the growing delay, in ms: the n-th wait (from 0) is a random part of `base * 2**n`. @default 50, after throttling 1000 (standard); 100 (legacy) */
  base?: number | undefined;
  /** Gives the wait before retry `retryCount` (from 0) in ms instead; a negative number ends the retries. */
  customBackoff?: ((retryCount: number, error?: Error) => number) | undefined;
}

/** Settings of the transport. */
export interface HttpOptions {
  /** Longest time of one attempt in ms, headers and body together. 0: none. @default 120000 */
  timeout?: number | undefined;
}

/** Object that receives one line per finished call. Secrets are masked. `console` fits. */
export type Logger = { log(line: string): void } | { write(line: string): void };

/** The shape of `fetch`, as far as this library uses it. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/** Options of the client. Names are those of SDK v2 wherever v2 has the option. An unknown name is reported once. */
export interface ClientOptions {
  /** AWS Region, such as `us-west-2`: part of the host name and of every signature. Required, also with `endpoint`. */
  region?: string | undefined;
  /** Who calls: keys, a function that gives keys, or a credentials object of SDK v2. */
  credentials?: CredentialsOption | null | undefined;
  /** Access key ID; only together with `secretAccessKey`. `credentials` wins over the flat form. */
  accessKeyId?: string | undefined;
  /** Secret access key of the flat form. */
  secretAccessKey?: string | undefined;
  /** Session token of the flat form. */
  sessionToken?: string | undefined;
  /**
   * Another server: a host name, or a URL with optional port and base path. `{service}`, `{region}` and `{scheme}` are replaced.
   * Plain http is for loopback addresses and for URLs that say so. @default derived from the Region
   */
  endpoint?: string | { href: string } | null | undefined;
  /** Scheme where `endpoint` names none, AWS's own hosts included: https, or http if false, which sends signatures and session tokens unencrypted. @default true */
  sslEnabled?: boolean | undefined;
  /** Use the endpoints validated for FIPS 140. Ignored with `endpoint`. @default false */
  useFipsEndpoint?: boolean | undefined;
  /** Use the endpoints that speak IPv6 too. Ignored with `endpoint`. @default false */
  useDualstackEndpoint?: boolean | undefined;
  /** Retries as AWS's current SDKs make them (`standard`), or as SDK v2 did (`legacy`). @default 'standard' */
  retryMode?: 'standard' | 'legacy' | undefined;
  /** Tries per call, the first included. Wins over `maxRetries`. @default 3 (standard), 4 (legacy) */
  maxAttempts?: number | undefined;
  /** Tries per call after the first: v2's name for `maxAttempts - 1`. */
  maxRetries?: number | undefined;
  /**
   * Repeat create… operations and insertAdBreak too after a connection lost mid-request, at the risk of doing them twice.
   * @default false (standard); legacy mode always does
   */
  retryCreates?: boolean | undefined;
  /** Waiting times between attempts. */
  retryDelayOptions?: RetryDelayOptions | undefined;
  /** Settings of the transport. */
  httpOptions?: HttpOptions | undefined;
  /** false: parameters are not checked. An object: the usual checks and those named. @default true */
  paramValidation?: boolean | ParamValidation | undefined;
  /** false: results are what the server sent, dates as strings, unknown members kept. @default true */
  convertResponseTypes?: boolean | undefined;
  /** When a call fails because this machine's clock is wrong, learn the server's time and repeat it. @default true (v2: false) */
  correctClockSkew?: boolean | undefined;
  /** Added to the clock of this machine, in ms. @default 0 */
  systemClockOffset?: number | undefined;
  /** Receives one line per call. @default null */
  logger?: Logger | null | undefined;
  /** Parameters filled into every call that has members of these names and does not give them itself. */
  params?: Readonly<Record<string, unknown>> | undefined;
  /** Taken for the sake of code that pins it; there is one version of the API. */
  apiVersion?: string | Date | null | undefined;
  /** Text sent as the header X-Amz-User-Agent, printable ASCII; nothing is sent by default. */
  customUserAgent?: string | null | undefined;
  /** Function that sends requests: a service binding, a proxy, a test double. @default the global fetch, looked up per call */
  fetch?: FetchLike | undefined;
  /** Longest time of a whole call in ms, all attempts and the waits between them; a call can say otherwise. 0: none. @default 0 */
  timeout?: number | undefined;
  /** Cancels every call of the client that has no signal of its own. */
  signal?: AbortSignal | null | undefined;
}

/** Options of a single call: the second argument of every method. */
export interface CallOptions {
  /** Cancels the call, waiting between attempts included; it fails with code RequestAbortedError, and the reason of the signal as `cause`. */
  signal?: AbortSignal | null | undefined;
  /** Longest time of this call in ms, all attempts and the waits between them. `httpOptions.timeout` limits each attempt. */
  timeout?: number | undefined;
  /** Tries of this call, the first included. */
  maxAttempts?: number | undefined;
  /** Tries of this call after the first. */
  maxRetries?: number | undefined;
  /** Function that sends the requests of this call. */
  fetch?: FetchLike | undefined;
}

/** A result, with how the call went beside it. `$metadata` is not enumerable. */
export type Result<Out> = Out & { readonly $metadata: ResponseMetadata };

/** The callback of SDK v2. On success the first argument is null, on failure the second is. */
export type Callback<Out> = (...outcome: [error: null, data: Result<Out>] | [error: IVSError, data: null]) => void;

// --------------------------------------------------------------------------------------------------------------------- paging

/** Options of the paginators: those of a call, and where and how to page. */
export interface PageOptions extends CallOptions {
  /** Items per page: the same as `maxResults` in the parameters. */
  pageSize?: number | undefined;
  /** `nextToken` of an earlier run, to go on from there. */
  startingToken?: string | undefined;
  /** End, instead of asking for the same page for ever, when a page names itself as the next one. @default true */
  stopOnSameToken?: boolean | undefined;
}

/** Pages of a list, asked for one by one as the loop wants them. */
export interface IVSPaginator<Page, Item> extends AsyncIterable<Result<Page>> {
  /** The items of all pages, one by one. */
  items(): AsyncIterable<Item>;
}

// --------------------------------------------------------------------------------------------------------------------- signing

/** A signed request, ready for `fetch`. */
export interface SignedRequest {
  url: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** Headers to send, the signature among them. It is valid for 5 minutes. */
  headers: Record<string, string>;
  /** Body to send byte for byte; undefined for GET and DELETE. */
  body: string | undefined;
}

// ---------------------------------------------------------------------------------------------------------------------- errors

/** Codes of errors made by this library, not by IVS. The page docs/errors.md has cause and remedy of each. */
export type ClientErrorCode =
  | 'MissingRequiredParameter'
  | 'UnexpectedParameter'
  | 'InvalidParameterType'
  | 'UriParameterError'
  | 'MinRangeError'
  | 'MaxRangeError'
  | 'PatternMatchError'
  | 'EnumError'
  | 'MultipleValidationErrors'
  | 'ConfigError'
  | 'CredentialsError'
  | 'NetworkingError'
  | 'TimeoutError'
  | 'RequestAbortedError'
  | 'ResponseTooLarge'
  | 'SyntaxError'
  | 'TimestampParserError'
  | 'UnknownError'
  | 'UnknownOperation'
  | 'ResourceNotReady'
  | 'StateNotFoundError'
  | 'LoadError'
  | 'InternalError';

/** How the call went, for statistics and support cases. */
export interface ResponseMetadata {
  /** HTTP status of the last answer; undefined if there was none. */
  httpStatusCode?: number | undefined;
  /** Request ID of the last answer, if it was readable. */
  requestId?: string | undefined;
  /** Requests sent. */
  attempts?: number | undefined;
  /** Time waited between attempts, in ms. */
  totalRetryDelay?: number | undefined;
}

/**
 * Everything that fails in a call. Switch on `code`, or use `instanceof` with the class of a service error.
 *
 * @example
 * try { await ivs.getStream({ channelArn }); }
 * catch (error) {
 *   if (error instanceof ChannelNotBroadcasting) return 'offline';
 *   throw error;
 * }
 */
export declare class IVSError extends Error {
  /** Stable code: the name of a service error, or a {@link ClientErrorCode}. Services may add codes at any time. */
  readonly code: ServiceErrorCode | ClientErrorCode | (string & {});
  /** Equal to `code`. */
  readonly name: string;
  /** A full sentence. For service errors the service's text, which IVS sends as `exceptionMessage`. */
  readonly message: string;
  /** HTTP status; undefined if no answer came. */
  readonly statusCode?: number;
  /** ID of the request, for AWS Support; browsers may not let pages read it. */
  readonly requestId?: string;
  /** Whether a later attempt may succeed. By the time you see the error the retries are used up. */
  readonly retryable?: boolean;
  /** Wait before the next attempt in ms, as it would have been. */
  readonly retryDelay?: number;
  /** When the error was made. */
  readonly time: Date;
  /** Region of the client; with transport and service errors. */
  readonly region?: string;
  /** Host that was called; with transport errors. */
  readonly hostname?: string;
  /** What to do about it, when the library knows. */
  readonly hint?: string;
  /** The error behind this one, such as what `fetch` threw. */
  readonly cause?: unknown;
  /** What lay behind a CredentialsError, in the words of SDK v2. */
  readonly originalError?: IVSError;
  /** All violations, if `code` is MultipleValidationErrors. */
  readonly errors?: readonly IVSError[];
  /** How the call went. Not enumerable. */
  readonly $metadata: ResponseMetadata;
}

/** Options of the constructor under v2's name. */
export type ClientConfiguration = ClientOptions;

