// @ts-check
// One scenario: an operation, parameters, options, the answers of the service, and how the application makes the call.
import { OPERATIONS, broken, inputOf, isPaged, value } from './params.mjs';
import { any, good, refusal } from './replies.mjs';

export const EVENTS = [
  'validate', 'build', 'afterBuild', 'restart', 'sign', 'send', 'httpUploadProgress', 'httpHeaders', 'httpDownloadProgress', 'httpData', 'httpDone',
  'httpError', 'validateResponse', 'extractData', 'extractError', 'retry', 'afterRetry', 'success', 'error', 'complete',
];

/** @param {import('./random.mjs').Random} r @returns {any} */
function options(r) {
  const made = /** @type {any} */ ({ region: 'us-west-2', retryDelayOptions: { base: 1 } });
  const add = (/** @type {number} */ chance, /** @type {() => any} */ fields) => r.chance(chance) && Object.assign(made, fields());
  add(0.5, () => ({ maxRetries: r.pick([0, 1, 2, 3, -1, null, '2']) }));
  add(0.1, () => ({ paramValidation: r.pick([false, { min: false }]) }));
  add(0.1, () => ({ convertResponseTypes: r.chance(0.7) ? false : true }));
  add(0.1, () => ({ systemClockOffset: r.pick([-3_600_000, 60_000, 86_400_000]) }));
  add(0.1, () => ({ correctClockSkew: true }));
  add(0.1, () => ({ params: { arn: 'BOUND', channelArn: 'BOUND', maxResults: 3, nope: 1 } }));
  add(0.1, () => ({ computeChecksums: false }));
  add(0.1, () => ({ customUserAgent: 'mine/1.0' }));
  add(0.05, () => ({ region: r.pick(['', undefined, null, 'bad region', '-x', 'eu-west-1', 'fips-us-east-1']) }));
  add(0.1, () => ({ backoff: r.pick(['zero', 'negative']) }));
  add(0.15, () => ({ logged: true }));
  made.keys = r.weighed([[5, 'flat'], [2, 'object'], [2, 'plain'], [1, 'chain'], [2, 'session'], [0.5, 'none'], [0.3, 'failing'], [0.3, 'empty plain']]);
  return made;
}

/** What the application does beside the plain call. */
const HABITS = [
  'fill params at the head of validate', 'add a signed header', 'add an unsigned header', 'edit data', 'veto the retry', 'force the retry', 'throw in build', 'throw in validate',
  'throw in extractData', 'skip the validation', 'skip the credentials', 'unauthenticated', 'setupRequestListeners', 'customizeRequests', 'own retryableError', 'own numRetries', 'own retryDelays',
  'change the region for signing', 'async listener', 'clear the error', 'preset the content type',
];

/** @param {import('./random.mjs').Random} r */
export function scenario(r) {
  const style = r.weighed([[4, 'promise'], [3, 'callback'], [2, 'send'], [1, 'bare send'], [1, 'eachPage'], [0.4, 'eachPage with done'], [0.5, 'promise twice'], [0.3, 'build'], [0.3, 'makeRequest']]);
  const paged = style.startsWith('eachPage');
  const operation = r.pick(paged ? OPERATIONS.filter((name) => isPaged(name) || r.chance(0.05)) : OPERATIONS);
  const input = inputOf(operation);
  let params = input ? value(r, input, false) : {};
  const isBroken = r.chance(0.35);
  if (isBroken) params = r.chance(0.05) ? r.pick([() => 'x', () => 7, () => null, () => undefined, () => []])() : broken(r, params);
  const replies = Array.from({ length: 5 }, () => any(r, operation));
  if (r.chance(0.25)) replies.unshift(good(r, operation));
  if (r.chance(0.1)) replies.splice(0, replies.length, refusal(r));
  // The last answer comes again and again, so that every scenario ends.
  replies.push({ ...good(r, operation), body: '{}' });
  return { operation, params, isBroken, style, replies, options: options(r), habit: r.chance(0.3) ? r.pick(HABITS) : undefined };
}

/** @typedef {ReturnType<typeof scenario>} Scenario */
