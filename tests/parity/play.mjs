// @ts-check
// Plays a scenario with one of the two: everything that an application can see is written down.
import { EVENTS } from './scenario.mjs';

export const SECRETS = { AKIDEXAMPLE: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', ASIASESSION: 'sessionsecret' };
const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRETS.AKIDEXAMPLE };

/** @param {any} AWS @param {string} kind @returns {any} */
function credentials(AWS, kind) {
  switch (kind) {
    case 'flat': return KEYS;
    case 'object': return { credentials: new AWS.Credentials(KEYS) };
    case 'plain': return { credentials: KEYS };
    case 'session': return { credentials: new AWS.Credentials('ASIASESSION', SECRETS.ASIASESSION, 'to/ken+==') };
    case 'chain': return { credentials: null, credentialProvider: new AWS.CredentialProviderChain([() => ({ get: (/** @type {any} */ cb) => cb(new Error('first fails')) }), () => new AWS.Credentials(KEYS)]) };
    case 'failing': return { credentials: { get: (/** @type {any} */ cb) => setTimeout(cb, 1, Object.assign(new Error('provider is down'), { code: 'Down' })) } };
    case 'empty plain': return { credentials: { accessKeyId: '' } };
    default: return { credentials: null, credentialProvider: null };
  }
}

/** @param {any} AWS @param {any} service @param {any} request @param {string | undefined} habit */
function practise(AWS, service, request, habit) {
  const boom = () => {
    throw Object.assign(new Error('boom'), { code: 'Boom' });
  };
  const { Core } = AWS.EventListeners;
  switch (habit) {
    case 'fill params at the head of validate': return request.on('validate', (/** @type {any} */ req) => (req.params = { ...req.params, arn: 'filled' }), true);
    case 'add a signed header': return request.on('build', (/** @type {any} */ req) => (req.httpRequest.headers['x-custom'] = ' two  words '));
    case 'add an unsigned header': return request.on('sign', (/** @type {any} */ req) => (req.httpRequest.headers['x-late'] = 'late'));
    case 'edit data': return request.on('extractData', (/** @type {any} */ response) => (response.data = { edited: true, ...response.data }));
    case 'veto the retry': return request.on('retry', (/** @type {any} */ response) => (response.error.retryable = false));
    case 'force the retry': return request.on('extractError', (/** @type {any} */ response) => (response.error.retryable = true));
    case 'throw in build': return request.on('build', boom);
    case 'throw in validate': return request.on('validate', boom);
    case 'throw in extractData': return request.on('extractData', boom);
    case 'skip the validation': return request.removeListener('validate', Core.VALIDATE_PARAMETERS);
    case 'skip the credentials': return request.removeListener('validate', Core.VALIDATE_CREDENTIALS).removeListener('sign', Core.SIGN);
    case 'unauthenticated': return request.toUnauthenticated();
    case 'change the region for signing': return (request.httpRequest.region = 'eu-central-1');
    case 'async listener': return request.onAsync('afterBuild', (/** @type {any} */ req, /** @type {any} */ done) => setTimeout(() => { req.httpRequest.headers['x-async'] = '1'; done(); }, 1));
    case 'clear the error': return request.on('extractError', (/** @type {any} */ response) => { response.error = null; response.data = { cleared: true }; });
    case 'preset the content type': return (request.httpRequest.headers['Content-Type'] = 'application/x-mine');
  }
}

/** @param {any} service @param {string | undefined} habit */
function customise(service, habit) {
  switch (habit) {
    case 'setupRequestListeners': return (service.setupRequestListeners = (/** @type {any} */ request) => request.on('build', () => (request.httpRequest.headers['x-set-up'] = 'yes')));
    case 'customizeRequests': return service.customizeRequests((/** @type {any} */ request) => request.on('build', () => (request.httpRequest.headers['x-customised'] = 'yes')));
    case 'own retryableError': return (service.retryableError = () => true);
    case 'own numRetries': return (service.numRetries = () => 1);
    case 'own retryDelays': return (service.retryDelays = () => 2);
  }
}

/**
 * @param {any} AWS
 * @param {import('./scenario.mjs').Scenario} scene
 * @param {string} endpoint
 * @param {(done: Promise<any>) => Promise<any>} within settles in any case
 */
export async function play(AWS, scene, endpoint, within) {
  const { keys, backoff, logged, ...options } = scene.options;
  /** @type {string[]} */
  const log = [];
  /** @type {string[]} */
  const trace = [];
  /** @type {any[]} */
  const calls = [];
  if (logged) options.logger = { log: (/** @type {string} */ line) => log.push(line.replace(/[\d.]+s /, 'Ns ')) };
  if (backoff) options.retryDelayOptions = { customBackoff: (/** @type {number} */ n, /** @type {any} */ error) => { calls.push(['backoff', n, error?.code]); return backoff === 'zero' ? 0 : -1; } };
  const service = new AWS.IVS({ endpoint, ...options, ...credentials(AWS, keys) });
  customise(service, scene.habit);
  /** @type {any} */
  let response;
  const watch = (/** @type {any} */ request) => {
    response = request.response;
    // Whatever comes at the end of each event, after the built-in listeners.
    for (const event of EVENTS) request.on(event, () => void trace.push(event));
    practise(AWS, service, request, scene.habit);
    return request;
  };
  const { style, operation, params } = scene;
  const ended = within(new Promise((resolve) => {
    const callback = /** @this {any} */ function (/** @type {any} */ error, /** @type {any} */ data) {
      calls.push(['callback', describe(error), describe(data), this === response]);
      setTimeout(resolve, 5);
    };
    const settle = (/** @type {Promise<any>} */ promise) => promise.then(
      (data) => calls.push(['resolved', describe(data), data.$response === response]),
      (error) => calls.push(['rejected', describe(error)]),
    );
    switch (style) {
      case 'callback': {
        const before = service.setupRequestListeners;
        service.setupRequestListeners = (/** @type {any} */ request) => { before.call(service, request); watch(request); };
        return void service[operation](params, callback);
      }
      case 'makeRequest': return void watch(service.makeRequest(operation, params)).send(callback);
      case 'send': return void watch(service[operation](params)).send(callback);
      case 'bare send': return void watch(service[operation](params)).on('complete', () => setTimeout(resolve, 5)).send();
      case 'build': return void watch(service[operation](params)).build((/** @type {any} */ error) => { calls.push(['built', describe(error)]); setTimeout(resolve, 5); });
      case 'promise twice': {
        const request = watch(service[operation](params));
        return void settle(request.promise()).then(() => settle(request.promise())).then(resolve);
      }
      case 'eachPage': {
        let pages = 0;
        return void watch(service[operation](params)).eachPage((/** @type {any} */ error, /** @type {any} */ data) => {
          calls.push(['page', describe(error), describe(data)]);
          if ((!error && data === null) || ++pages > 3) { setTimeout(resolve, 5); return false; }
        });
      }
      case 'eachPage with done': {
        let pages = 0;
        return void watch(service[operation](params)).eachPage((/** @type {any} */ error, /** @type {any} */ data, /** @type {any} */ done) => {
          calls.push(['page', describe(error), describe(data)]);
          if ((!error && data === null) || ++pages > 3) setTimeout(resolve, 5);
          else setTimeout(done, 1);
        });
      }
      default: return void settle(watch(service[operation](params)).promise()).then(resolve);
    }
  }));
  const late = await ended;
  return {
    late, trace: squeeze(trace), calls, log,
    response: { error: describe(response?.error), data: describe(response?.data), retryCount: response?.retryCount, redirectCount: response?.redirectCount,
      requestId: response?.requestId, statusCode: response?.httpResponse.statusCode, maxRetries: response?.maxRetries,
      body: response?.httpResponse.body === undefined ? undefined : String(response.httpResponse.body) },
  };
}

/** How many chunks a body comes in is the network's affair. @param {string[]} trace */
const squeeze = (trace) => trace.filter((event, i) => !(event === 'httpData' && trace[i - 2] === 'httpData') && !(event === 'httpDownloadProgress' && trace[i - 2] === 'httpDownloadProgress'));

/** @param {any} value @returns {any} */
export function describe(value) {
  if (value instanceof Error) {
    /** @type {any} */
    const shown = { $error: value.name, message: value.message };
    for (const key of Object.keys(value).sort()) {
      if (key === 'time') shown.time = /** @type {any} */ (value).time instanceof Date;
      else if (key === 'retryDelay') shown.retryDelay = typeof (/** @type {any} */ (value).retryDelay);
      else shown[key] = describe(/** @type {any} */ (value)[key]);
    }
    return shown;
  }
  if (value instanceof Date) return { $date: Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString() };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
  if (Array.isArray(value)) return value.map(describe);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, key === 'time' && own instanceof Date ? true : describe(own)]));
  return value === undefined ? undefined : value;
}
