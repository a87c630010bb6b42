// @ts-check
// The metrics of calls, for those who listen to apiCall and apiCallAttempt; this file is loaded for them.

/** @param {any} service @param {any} request */
export function monitor(service, request) {
  const { response } = request;
  const begun = Date.now();
  let [attempts, sent, sentAt, latency] = [0, 0, 0, 0];
  request.on('sign', () => {
    attempts++;
    [sent, sentAt, latency] = [performance.now(), Date.now(), 0];
  }, true);
  request.on('validateResponse', () => (latency = Math.round(performance.now() - sent)));
  const attempt = () => {
    const { httpResponse: { statusCode, headers }, error } = response;
    const { httpRequest } = request;
    const metric = { ...common(service, request, 'ApiCallAttempt'), Fqdn: httpRequest.endpoint.hostname, Timestamp: sentAt,
      AttemptLatency: latency || Math.round(performance.now() - sent), Region: httpRequest.region };
    if (statusCode) metric.HttpStatusCode = statusCode;
    if (headers['x-amzn-requestid']) metric.XAmznRequestId = headers['x-amzn-requestid'];
    const { credentials } = service.config;
    if (!request._unAuthenticated && credentials?.accessKeyId) metric.AccessKey = credentials.accessKeyId;
    if (error) Object.assign(metric, exception(error, statusCode > 299 ? 'Aws' : 'Sdk', ''));
    service.emit('apiCallAttempt', [metric]);
  };
  request.addNamedListener('API_CALL_ATTEMPT', 'success', attempt);
  request.addNamedListener('API_CALL_ATTEMPT_RETRY', 'retry', attempt);
  request.addNamedListener('API_CALL', 'complete', () => {
    if (!attempts) return;
    const { httpResponse: { statusCode }, error, retryCount, maxRetries } = response;
    const metric = { ...common(service, request, 'ApiCall'), Region: request.httpRequest.region, AttemptCount: attempts, Timestamp: begun,
      Latency: Date.now() - begun, MaxRetriesExceeded: error?.retryable && retryCount >= maxRetries ? 1 : 0 };
    if (statusCode) metric.FinalHttpStatusCode = statusCode;
    if (error) Object.assign(metric, exception(error, statusCode > 299 ? 'Aws' : 'Sdk', 'Final'));
    service.emit('apiCall', [metric]);
  });
}

/** @param {any} service @param {any} request @param {string} Type @returns {any} */
function common({ api }, request, Type) {
  return { Type, Api: api.operations[request.operation]?.name ?? request.operation, Version: 1, Service: api.serviceId, UserAgent: request.httpRequest.getUserAgent() };
}

/** @param {any} error @param {string} whose @param {string} prefix */
const exception = ({ code, message }, whose, prefix) => ({ [`${prefix}${whose}Exception`]: code, [`${prefix}${whose}ExceptionMessage`]: message });
