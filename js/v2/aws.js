// @ts-check
// The namespace, complete: what `import AWS from 'ivs-wasm/v2'` gives.
import { AWS } from './core.js';
import { Config, promiseClass } from './config.js';
import { CredentialProviderChain, Credentials } from './credentials.js';
import { Endpoint } from './endpoint.js';
import { error } from './error.js';
import { HttpRequest, HttpResponse } from './http.js';
import { Response } from './response.js';
import './listeners.js';
import './providers.js';
import { Service } from './service.js';
import { api } from './api.js';

Object.assign(AWS, { Config, Credentials, CredentialProviderChain, Endpoint, HttpRequest, HttpResponse, Response });
AWS.config = new Config();

/** For aws-sdk-mock, which makes one for each mocked call. It checks nothing: the rules are in the WebAssembly, which a mocked call never loads. */
AWS.ParamValidator = class {
  validate() {}
};
AWS.util = {
  error,
  /** A method that takes a callback, as one that gives a promise. @param {string} name @param {PromiseConstructor} [Dependency] */
  promisifyMethod(name, Dependency = promiseClass()) {
    return /** @this {any} @param {any[]} args */ function promise(...args) {
      return new Dependency((resolve, reject) => {
        this[name](...args, (/** @type {any} */ problem, /** @type {any} */ data) => (problem ? reject(problem) : resolve(data)));
      });
    };
  },
};

AWS.IVS = Service.defineService('ivs', [api.apiVersion]);
AWS.IVS.api = api;
AWS.IVS.prototype.serviceIdentifier = 'ivs';
AWS.IVS.prototype.isGlobalEndpoint = false;

export { AWS };
