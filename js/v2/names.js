// @ts-check
// The members of AWS as names of their own, for `import * as AWS` and `import { IVS }`.
import { AWS } from './aws.js';

export const {
  IVS, config, events, util, EventListeners, VERSION, Config, Credentials, CredentialProviderChain, Endpoint, HttpRequest, HttpResponse, Request,
  Response, Service, SequentialExecutor, WebIdentityCredentials, SAMLCredentials, TemporaryCredentials, ChainableTemporaryCredentials,
  CognitoIdentityCredentials, EnvironmentCredentials,
} = AWS;
