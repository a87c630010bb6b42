// @ts-check
// AWS.EventListeners: the built-in listeners, which applications can remove by their handle. Those in the tables do their work in the
// core, if they have any: it is told for each state which of them are there. The others are all that is left to do in JavaScript.
import { AWS } from './core.js';
import { error } from './error.js';
import { SequentialExecutor } from './events.js';
import { forget } from './config.js';
import { bytes } from './bytes.js';
import { TRAITS, again, traits } from './wasm.js';

/** Name, event, and the bit by which the core knows that the listener is there, if it asks. @param {string} rows */
function inCore(rows) {
  const executor = /** @type {any} */ (new SequentialExecutor());
  for (const row of rows.split('\n')) {
    const [name, event, bit] = row.split(' ');
    executor.addNamedListener(name, event, executor[name] ?? Object.assign({ [name]() {} }[name], { bit: Number(bit ?? 0) }));
  }
  return executor;
}

const core = inCore(`VALIDATE_CREDENTIALS validate 1
VALIDATE_REGION validate 2
BUILD_IDEMPOTENCY_TOKENS validate
VALIDATE_PARAMETERS validate 4
COMPUTE_CHECKSUM afterBuild
COMPUTE_SHA256 afterBuild 1
SET_CONTENT_LENGTH afterBuild 2
SET_HTTP_HOST afterBuild 4
RESTART restart
SIGN sign 1
SEND send 1
HTTP_DONE httpDone
RESET_RETRY_STATE afterRetry 1`);
core.addNamedListeners((/** @type {any} */ add) => {
  add('HTTP_HEADERS', 'httpHeaders', (/** @type {number} */ status, /** @type {any} */ headers, /** @type {any} */ response, /** @type {string} */ reason) => {
    Object.assign(response.httpResponse, { statusCode: status, statusMessage: reason, headers, body: bytes('') });
    const { service } = response.request;
    const time = Date.parse(headers.date);
    if (service.config.correctClockSkew && service.isClockSkewed(time)) service.applyClockOffset(time);
  });
  add('HTTP_DATA', 'httpData', (/** @type {any} */ chunk, /** @type {any} */ response) => {
    response.httpResponse.body = chunk;
  });
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
});

const protocol = inCore(`BUILD build 1
EXTRACT_DATA extractData 1
EXTRACT_ERROR extractError 1
UNSET_CONTENT_LENGTH afterBuild 8`);

const post = inCore(`EXTRACT_REQUEST_ID extractData 2
EXTRACT_REQUEST_ID extractError 2`);

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
