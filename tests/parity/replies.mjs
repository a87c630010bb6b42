// @ts-check
// Random answers of the service: good ones, refusals, and hostile ones.
import { outputOf, value } from './params.mjs';

/** @typedef {{ status: number, headers: Record<string, string>, body: string, lost?: boolean, silent?: boolean }} Reply */

const CODES = [
  'ResourceNotFoundException', 'ValidationException', 'AccessDeniedException', 'ConflictException', 'ServiceQuotaExceededException',
  'ThrottlingException', 'TooManyRequestsException', 'InternalServerException', 'PendingVerification', 'ChannelNotBroadcasting',
  'StreamUnavailable', 'SlowDown', 'RequestTimeoutException', 'RequestEntityTooLarge', 'UnrecognizedClientException', 'com.amazonaws.ivs#ValidationException',
];
const STATUSES = [400, 402, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504];

/** @param {import('./random.mjs').Random} r @param {string} operation @returns {Reply} */
export function good(r, operation) {
  const output = outputOf(operation);
  const data = output ? value(r, output, true) : {};
  if (r.chance(0.3)) data.unknownMember = { x: 1 };
  const status = r.weighed([[8, 200], [1, 204], [1, 201]]);
  return { status, headers: { 'x-amzn-requestid': `id-${r.below(1e6)}` }, body: status === 204 || r.chance(0.05) ? '' : JSON.stringify(data) };
}

/** Numbers for texts, texts for lists, null anywhere. @param {import('./random.mjs').Random} r @param {string} operation @returns {Reply} */
export function odd(r, operation) {
  const reply = good(r, operation);
  const data = reply.body ? JSON.parse(reply.body) : {};
  if (r.chance(0.6)) {
    noNumbers(data);
    return { ...reply, status: 200, body: JSON.stringify(data) };
  }
  const at = [data, ...Object.values(data).filter((one) => one && typeof one === 'object')];
  const target = r.pick(at);
  const keys = Object.keys(target);
  if (keys.length) target[r.pick(keys)] = r.pick([null, 0, 1, 12345, true, false, '', 'text', 'text', '42', '7.9abc', 'true', [], {}, [null], { a: 1 }, [{}], 'yesterday']);
  reply.body = r.weighed([[8, JSON.stringify(data)], [1, r.pick(['null', '[]', '"text"', '7', 'true'])], [1, r.pick(['{', '<html>', '{"a":}', 'nonsense', '{"a":1}x'])]]);
  return { ...reply, status: 200 };
}

/** What no number can be read from, in the place of every number. @param {any} value */
function noNumbers(value) {
  for (const [key, own] of Object.entries(value)) {
    if (typeof own === 'number') value[key] = [null];
    else if (own && typeof own === 'object') noNumbers(own);
  }
}

/** @param {import('./random.mjs').Random} r @returns {Reply} */
export function refusal(r) {
  const code = r.pick(CODES);
  const status = r.pick(STATUSES);
  /** @type {Record<string, string>} */
  const headers = {};
  if (r.chance(0.85)) headers['x-amzn-requestid'] = `id-${r.below(1e6)}`;
  if (r.chance(0.7)) headers['x-amzn-errortype'] = code + (r.chance(0.3) ? ':http://internal.example/x' : '');
  /** @type {Record<string, unknown>} */
  const body = {};
  if (r.chance(0.4)) body[r.pick(['__type', 'code', 'Code'])] = r.chance(0.9) ? code : r.pick([7, null, {}]);
  if (r.chance(0.7)) body[r.pick(['message', 'Message', 'exceptionMessage'])] = r.pick(['bad thing', 'Signature expired: x', 'ünïcödé', '']);
  if (r.chance(0.15)) body[r.pick(['name', 'retryable', 'statusCode', 'stack', 'requestId', 'extra', 'time'])] = r.pick([true, 'evil', 7]);
  if (r.chance(0.03)) return { status: 403, headers: {}, body: '{"message":"Signature expired: x"}' };
  if (r.chance(0.02)) return { status: 413, headers: { ...headers, 'x-amzn-errortype': 'RequestEntityTooLarge' }, body: '<html>x</html>' };
  const text = r.weighed([[8, JSON.stringify(body)], [0.7, ''], [0.7, '<html>x</html>'], [0.8, r.pick(['null', '[]', '"x"', '"x"', '3', '{'])]]);
  return { status, headers, body: text };
}

/** @param {import('./random.mjs').Random} r @param {string} operation @returns {Reply} */
export function any(r, operation) {
  return r.weighed([
    [5, () => good(r, operation)],
    [2, () => odd(r, operation)],
    [4, () => refusal(r)],
    [0.4, () => ({ status: 500, headers: {}, body: '', lost: true })],
    [0.25, () => ({ status: r.pick([301, 302, 303, 307, 308, 304, 300]), headers: /** @type {Record<string, string>} */ (r.chance(0.5) ? { location: 'http://127.0.0.1:9/' } : {}), body: '' })],
    [0.2, () => ({ ...refusal(r), status: 403, headers: { 'x-amzn-errortype': r.pick(['ExpiredTokenException', 'ExpiredToken', 'RequestExpired', 'InvalidSignatureException', 'SignatureDoesNotMatch', 'RequestTimeTooSkewed']) } })],
  ])();
}
