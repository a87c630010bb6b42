import type { Config } from './v2-core.js';

export {
  ChainableTemporaryCredentials, CognitoIdentityCredentials, Config, CredentialProviderChain, Credentials, Endpoint, EnvironmentCredentials,
  HttpRequest, HttpResponse, Request, Response, SAMLCredentials, Service, TemporaryCredentials, WebIdentityCredentials,
} from './v2-core.js';
export type { AWSError, ConfigurationOptions, PromiseResult } from './v2-core.js';
export { IVS } from './v2-ivs.js';

/** The configuration that clients made later begin with. */
export declare let config: Config;
/** Listeners for every request. */
export declare const events: {
  on(event: string, listener: (...args: any[]) => void, prepend?: boolean): void;
  removeListener(event: string, listener: (...args: any[]) => void): void;
};
/** The built-in listeners, by the names that removeListener takes. */
export declare const EventListeners: { Core: Record<string, (...args: any[]) => void> };
export declare const util: { promisifyMethod(name: string, dependency?: any): (...args: any[]) => Promise<any>; error(err: Error, fields?: any): any };
export declare const VERSION: string;
