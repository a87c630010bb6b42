// @ts-check
// AWS.EventListeners: the built-in listeners, which applications can remove by their handle. Those with a `bit` do their work in
// the core, which asks for each state which of them are there; the others are all that is left to do in JavaScript.
import { AWS } from './core.js';
import { error } from './error.js';
import { SequentialExecutor } from './events.js';
import { forget } from './config.js';
import { bytes } from './bytes.js';
import { TRAITS, again, traits } from './wasm.js';

/** A listener whose work the core does. @param {string} name @param {number} bit */
function inCore(name, bit) {
  const listener = { [name]() {} }[name];
  return Object.assign(listener, { bit });
}

const core = /** @type {any} */ (new SequentialExecutor());
core.addNamedListeners((/** @type {any} */ add) => {
  add('VALIDATE_CREDENTIALS', 'validate', inCore('VALIDATE_CREDENTIALS', 1));
  add('VALIDATE_REGION', 'validate', inCore('VALIDATE_REGION', 2));
  add('BUILD_IDEMPOTENCY_TOKENS', 'validate', function BUILD_IDEMPOTENCY_TOKENS() {});
  add('VALIDATE_PARAMETERS', 'validate', inCore('VALIDATE_PARAMETERS', 4));
  add('COMPUTE_CHECKSUM', 'afterBuild', function COMPUTE_CHECKSUM() {});
  add('COMPUTE_SHA256', 'afterBuild', inCore('COMPUTE_SHA256', 1));
  add('SET_CONTENT_LENGTH', 'afterBuild', inCore('SET_CONTENT_LENGTH', 2));
  add('SET_HTTP_HOST', 'afterBuild', inCore('SET_HTTP_HOST', 4));
  add('RESTART', 'restart', function RESTART() {});
  add('SIGN', 'sign', inCore('SIGN', 1));
  add('SEND', 'send', inCore('SEND', 1));
  add('HTTP_HEADERS', 'httpHeaders', (/** @type {number} */ status, /** @type {any} */ headers, /** @type {any} */ response, /** @type {string} */ reason) => {
    Object.assign(response.httpResponse, { statusCode: status, statusMessage: reason, headers, body: bytes('') });
    const { service } = response.request;
    const time = Date.parse(headers.date);
    if (service.config.correctClockSkew && service.isClockSkewed(time)) service.applyClockOffset(time);
  });
  add('HTTP_DATA', 'httpData', (/** @type {any} */ chunk, /** @type {any} */ response) => {
    response.httpResponse.body = chunk;
  });
  add('HTTP_DONE', 'httpDone', function HTTP_DONE() {});
  add('VALIDATE_RESPONSE', 'validateResponse', (/** @type {any} */ response) => {
    const fine = response.request.service.successfulResponse(response);
    response.data = fine ? {} : null;
    response.error = fine ? null : error(new Error(), { code: 'UnknownError', message: 'An unknown error occurred.' });
  });
  add('FINALIZE_ERROR', 'retry', ({ httpResponse, error: problem, request }) => {
    if (!problem || !httpResponse.statusCode) return;
    problem.statusCode = httpResponse.statusCode;
    problem.retryable ??= request.service.retryableError(problem, request);
  });
  add('INVALIDATE_CREDENTIALS', 'retry', ({ error: problem, request: { service } }) => {
    if (!problem || !(traits(problem) & TRAITS.expired)) return;
    problem.retryable = true;
    const { credentials } = service.config;
    if (typeof credentials === 'function') forget(credentials);
    else if (credentials) credentials.expired = true;
  });
  add('EXPIRED_SIGNATURE', 'retry', ({ error: problem }) => {
    if (problem && traits(problem) & TRAITS.signatureExpired) problem.retryable = true;
  });
  add('CLOCK_SKEWED', 'retry', ({ error: problem, request: { service } }) => {
    if (problem && service.config.correctClockSkew && service.clockSkewError(problem)) problem.retryable = true;
  });
  // Redirects are errors: a signature holds for one host, and v2 would send the session token to any.
  add('REDIRECT', 'retry', function REDIRECT() {});
  add('RETRY_CHECK', 'retry', (/** @type {any} */ response) => {
    const { error: problem, retryCount, request } = response;
    if (problem && again(true, response)) problem.retryDelay = request.service.retryDelays(retryCount, problem) || 0;
  });
  add('RESET_RETRY_STATE', 'afterRetry', inCore('RESET_RETRY_STATE', 1));
});

const protocol = /** @type {any} */ (new SequentialExecutor());
protocol.addNamedListeners((/** @type {any} */ add) => {
  add('BUILD', 'build', inCore('BUILD', 1));
  add('EXTRACT_DATA', 'extractData', inCore('EXTRACT_DATA', 1));
  add('EXTRACT_ERROR', 'extractError', inCore('EXTRACT_ERROR', 1));
  add('UNSET_CONTENT_LENGTH', 'afterBuild', inCore('UNSET_CONTENT_LENGTH', 8));
});

const post = /** @type {any} */ (new SequentialExecutor());
const EXTRACT_REQUEST_ID = inCore('EXTRACT_REQUEST_ID', 2);
post.addNamedListener('EXTRACT_REQUEST_ID', 'extractData', EXTRACT_REQUEST_ID);
post.addNamedListener('EXTRACT_REQUEST_ID', 'extractError', EXTRACT_REQUEST_ID);

const logger = /** @type {any} */ (new SequentialExecutor());
// The writer of the line is loaded where there is a logger.
logger.addNamedAsyncListener('LOG_REQUEST', 'complete', function LOG_REQUEST(/** @type {any} */ response, /** @type {any} */ done) {
  const to = response.request.service.config.logger;
  import('./logger.js').then(({ logLine }) => {
    const line = logLine(response);
    if (typeof to?.log === 'function') to.log(line);
    else if (typeof to?.write === 'function') to.write(`${line}\n`);
  }).then(() => done(), done);
});

AWS.EventListeners = { Core: core, CorePost: post, Logger: logger, RestJson: protocol };
AWS.events = new SequentialExecutor();
