// @ts-check
// AWS.Service: options, endpoint, requests. A function and not a class, as applications made their own services from it.
import { AWS } from './core.js';
import { Config } from './config.js';
import { Endpoint, hostname, realRegion } from './endpoint.js';
import { error } from './error.js';
import { SequentialExecutor, mixin } from './events.js';
import { later } from './later.js';
import { serviceEvents } from './metrics.js';
import { Request } from './request.js';
import { TRAITS, apart, delay, traits } from './wasm.js';

let clients = 0;

/** The states that can be waited for, and the operation that shows them. @type {Record<string, string>} */
const STATES = { channelLive: 'getStream', channelOffline: 'getStream', recordingConfigurationActive: 'getRecordingConfiguration' };

/** @this {any} @param {any} [options] */
export function Service(options) {
  if (!this?.loadServiceClass) throw new Error("Service must be constructed with `new' operator");
  const given = regional(options);
  const Versioned = this.loadServiceClass(given ?? {});
  if (Versioned) {
    const client = new Versioned(given);
    client._clientId = ++clients;
    return client;
  }
  this.initialize(given);
}

/** Pseudo regions and the old name of an option; the caller's object is left alone. @param {any} options */
function regional(options) {
  if (!options) return options;
  const given = { ...options };
  if (typeof given.region === 'string') {
    const { region, fips } = realRegion(given.region);
    given.region = region;
    if (fips) given.useFipsEndpoint = true;
  }
  if (typeof given.useDualstack === 'boolean' && typeof given.useDualstackEndpoint !== 'boolean') given.useDualstackEndpoint = given.useDualstack;
  return given;
}

/** A question about an error. @param {number} trait @returns {(problem: any) => boolean} */
function is(trait) {
  return (problem) => Boolean(traits(problem) & trait);
}

Object.assign(Service.prototype, /** @type {Record<string, any> & ThisType<any>} */ ({
  api: {},
  defaultRetryCount: 3,

  /** @param {any} options */
  initialize(options) {
    this.config = new Config(AWS.config);
    for (const given of [AWS.config[this.serviceIdentifier], options]) if (given) this.config.update(given, true);
    const { config } = this;
    if (!config.endpoint) {
      config.signatureVersion ??= 'v4';
      config.endpoint = hostname({ ...config, region: String(config.region ?? undefined) }, this.api.endpointPrefix);
    } else if (typeof config.endpoint === 'string') {
      const fields = { service: this.api.endpointPrefix, region: config.region, scheme: config.sslEnabled ? 'https' : 'http' };
      config.endpoint = config.endpoint.replace(/\{(service|region|scheme)\}/g, (/** @type {any} */ _, /** @type {'service'} */ name) => fields[name]);
    }
    this.setEndpoint(config.endpoint);
    this._events = {};
    serviceEvents(this);
  },

  /** @param {any} options */
  loadServiceClass(options) {
    if (Object.keys(this.api).length) return null;
    if (options.apiConfig) return Service.defineServiceApi(this.constructor, options.apiConfig);
    if (!this.constructor.services) return null;
    const config = new Config(AWS.config);
    config.update(options, true);
    const { apiVersions, apiVersion } = /** @type {any} */ (config);
    return this.getLatestServiceClass(apiVersions?.[this.constructor.serviceIdentifier] || apiVersion);
  },

  /** @param {any} version */
  getLatestServiceClass(version) {
    const found = this.getLatestServiceVersion(version);
    return (this.constructor.services[found] ??= Service.defineServiceApi(this.constructor, found));
  },

  /** The newest version that is not newer than asked. @param {any} [version] */
  getLatestServiceVersion(version = 'latest') {
    const { services, serviceIdentifier } = this.constructor;
    const asked = version instanceof Date ? version.toISOString().slice(0, 10) : version || 'latest';
    const found = Object.keys(services).sort().reverse().find((known) => known <= asked);
    if (!found) throw new Error(`Could not find ${serviceIdentifier} API to satisfy version constraint \`${asked}'`);
    return found;
  },

  /** @param {any} endpoint */
  setEndpoint(endpoint) {
    this.endpoint = endpoint;
  },

  /** @param {any} callback */
  customizeRequests(callback) {
    if (callback && typeof callback !== 'function') throw new Error(`Invalid callback type '${typeof callback}' provided in customizeRequests`);
    this.customRequestHandler = callback || null;
  },

  setupRequestListeners() {},
  validateService() {},

  /** @param {string} operation @param {any} [params] @param {any} [callback] */
  makeRequest(operation, params, callback) {
    if (typeof params === 'function') [params, callback] = [null, params];
    params = params || {};
    const members = this.api.operations?.[operation]?.input.members;
    if (this.config.params && members) {
      params = { ...params };
      for (const [key, value] of Object.entries(this.config.params)) if (members[key] && (params[key] === undefined || params[key] === null)) params[key] = value;
    }
    const request = new AWS.Request(this, operation, params);
    this.addAllRequestListeners(request);
    if (callback) request.send(callback);
    return request;
  },

  /** @param {string} operation @param {any} [params] @param {any} [callback] */
  makeUnauthenticatedRequest(operation, params, callback) {
    if (typeof params === 'function') [params, callback] = [{}, params];
    const request = this.makeRequest(operation, params).toUnauthenticated();
    return callback ? request.send(callback) : request;
  },

  /** @param {any} request */
  addAllRequestListeners(request) {
    const { Core, CorePost, Logger } = AWS.EventListeners;
    for (const list of [AWS.events, Core, this.serviceInterface(), CorePost]) if (list) request.addListeners(list);
    if (!this.config.paramValidation) request.removeListener('validate', Core.VALIDATE_PARAMETERS);
    if (this.config.logger) request.addListeners(Logger);
    this.setupRequestListeners(request);
    this.constructor.prototype.customRequestHandler?.(request);
    if (Object.hasOwn(this, 'customRequestHandler')) this.customRequestHandler?.(request);
  },

  serviceInterface() {
    return AWS.EventListeners.RestJson;
  },

  /** @param {string} state @param {any} [params] @param {any} [callback] */
  waitFor(state, params, callback) {
    if (typeof params === 'function') [params, callback] = [undefined, params];
    if (!Object.hasOwn(STATES, state)) throw error(new Error(), { code: 'StateNotFoundError', message: `State ${state} not found.` });
    const { $waiter, ...rest } = params ?? {};
    const request = this.makeRequest(STATES[state], rest);
    later(request, () => import('./waiter.js').then(({ wait }) => wait(request, state, $waiter)));
    if (callback) request.send(callback);
    return request;
  },

  /** @param {any} response */
  successfulResponse({ httpResponse: { statusCode } }) {
    return statusCode >= 200 && statusCode < 300;
  },

  numRetries() {
    const { maxRetries } = this.config;
    return maxRetries === undefined ? this.defaultRetryCount : maxRetries;
  },

  /** @param {number} retry @param {any} [problem] */
  retryDelays(retry, problem) {
    return delay(retry, this.config.retryDelayOptions, problem);
  },

  /** @param {any} problem */
  retryableError(problem) {
    return this.timeoutError(problem) || this.networkingError(problem) || this.expiredCredentialsError(problem) || this.throttledError(problem) ||
      is(TRAITS.retryable)(problem);
  },

  networkingError: is(TRAITS.lost),
  timeoutError: is(TRAITS.late),
  expiredCredentialsError: is(TRAITS.token),
  throttledError: is(TRAITS.throttled),
  clockSkewError: is(TRAITS.skewed),

  getSkewCorrectedDate() {
    return new Date(Date.now() + (Number(this.config.systemClockOffset) || 0));
  },

  /** @param {number} time the server's, in milliseconds */
  applyClockOffset(time) {
    if (time) this.config.systemClockOffset = time - Date.now();
  },

  /** @param {number} time */
  isClockSkewed(time) {
    return time ? apart(this.getSkewCorrectedDate().getTime(), time) : undefined;
  },

  getSigningName() {
    return this.api.signingName || this.api.endpointPrefix;
  },

  /** @param {string} operation @param {boolean} [throwIt] */
  paginationConfig(operation, throwIt) {
    const paging = this.api.operations[operation]?.paginator;
    if (!paging && throwIt) throw error(new Error(), `No pagination configuration for ${operation}`);
    return paging ?? null;
  },
}));

Object.defineProperty(Service.prototype, 'endpoint', {
  configurable: true,
  /** A text may be given, too. @this {any} @param {any} given */
  set(given) {
    const endpoint = given instanceof Endpoint ? given : new Endpoint(given, this.config);
    Object.defineProperty(this, '_endpoint', { value: endpoint, writable: true, configurable: true });
  },
  /** @this {any} */
  get() {
    return this._endpoint;
  },
});
mixin(Service);
// For listeners to the calls of all services.
Service.prototype._events = {};
serviceEvents(Service.prototype);

/** Services that may have a section in AWS.config. @type {Record<string, boolean>} */
Service._serviceMap = { sts: true, cognitoidentity: true };

/** Makes a class of services. @param {string} identifier @param {any} [versions] @param {any} [features] @returns {any} */
Service.defineService = (identifier, versions, features) => {
  if (!Array.isArray(versions)) [versions, features] = [[], versions];
  Service._serviceMap[identifier] = true;
  const made = /** @type {any} */ (inherit(Service, features));
  made.services = Object.fromEntries(versions.map((/** @type {string} */ version) => [version, null]));
  made.apiVersions = [...versions].sort();
  made.serviceIdentifier = identifier;
  made.prototype._events = {};
  serviceEvents(made.prototype);
  return made;
};

/** The class of one version. @param {any} parent @param {any} version or the model itself @param {any} [model] @returns {any} */
Service.defineServiceApi = (parent, version, model = version) => {
  const made = /** @type {any} */ (inherit(parent, { serviceIdentifier: parent.serviceIdentifier }));
  made.prototype.api = apiOf(model, parent.serviceIdentifier);
  for (const name of Object.keys(made.prototype.api.operations)) {
    made.prototype[name] ??= /** @this {any} @param {any} params @param {any} callback */ function (params, callback) {
      return this.makeRequest(name, params, callback);
    };
  }
  return made;
};

/** Any other model is refused: the core has IVS's. @param {any} model or a version of it @param {string} [identifier] */
function apiOf(model, identifier) {
  if (model?.isApi) return model;
  const { api } = AWS.IVS;
  const { endpointPrefix, serviceId } = model?.metadata ?? {};
  if (endpointPrefix === 'ivs' || serviceId === 'ivs' || (identifier === 'ivs' && model === api.apiVersion)) return api;
  const name = typeof model === 'string' ? `${identifier}-${model}` : `of ${serviceId ?? endpointPrefix ?? 'this model'}`;
  throw new Error(`Could not find API configuration ${name}: ivs-wasm/v2 knows the model of IVS only`);
}

/** @param {any} parent @param {any} [features] */
function inherit(parent, features) {
  const made = /** @type {any} */ (/** @this {any} @param {any[]} args */ function (...args) {
    return parent.apply(this, args);
  });
  Object.defineProperty(made, 'name', { value: '' });
  made.prototype = Object.create(parent.prototype, { constructor: { value: made, writable: true, configurable: true } });
  Object.assign(made.prototype, features);
  return made;
}

AWS.Service = Service;
AWS.Request = Request;
AWS.SequentialExecutor = SequentialExecutor;
