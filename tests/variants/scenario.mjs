// @ts-check
// One call of the default entry: an operation, parameters, options, and what the service answers. The same seed gives the same.
import { ALL_OPERATIONS, broken, inputOf, outputOf, value } from '../parity/params.mjs';
import { odd, refusal } from '../parity/replies.mjs';
import { random } from '../parity/random.mjs';

/** @typedef {import('../parity/random.mjs').Random} Random */
/** @typedef {{ status: number, headers: Record<string, string>, body: string | Uint8Array, lost?: boolean }} Reply */

const TEXTS = ['', ' ', 'x'.repeat(3000), '𝄞🎥'.repeat(40), '\ud800', 'a\0b', '\u2028\n\t\r\b\f', '/../', '%2F%%', '\\u0041', 'arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh'];
/** What breaks a JSON text, or makes another one of it. */
const SCRAPS = ['"', '\\', '{', '}', '[', ']', ',', ':', '1e400', '-', '0.1', 'null', 'true', '\\ud83c', '\\u0000', '\ufeff', ' ', '\0', '"__type":"X",', '[[[[', '1'.repeat(30)];

/** @param {number} seed */
export function scenario(seed) {
  const r = random(seed);
  const operation = ALL_OPERATIONS[seed % ALL_OPERATIONS.length];
  const input = inputOf(operation);
  let params = input ? value(r, input, false, 0, true) : {};
  if (r.chance(0.2)) params = replaced(r, params);
  if (r.chance(0.2)) params = r.chance(0.05) ? r.pick([() => 'x', () => 7, () => null, () => undefined, () => []])() : broken(r, params);
  return { operation, params, options: options(r), given: r.chance(0.2) ? { maxAttempts: r.below(4) } : undefined, replies: Array.from({ length: 6 }, () => reply(r, operation)) };
}

/** Other texts here and there. @param {Random} r @param {any} from @returns {any} */
function replaced(r, from) {
  if (typeof from === 'string') return r.chance(0.3) ? r.pick(TEXTS) : from;
  if (Array.isArray(from)) return from.map((one) => replaced(r, one));
  return from && typeof from === 'object' ? Object.fromEntries(Object.entries(from).map(([key, own]) => [key, replaced(r, own)])) : from;
}

/** @param {Random} r @returns {any} */
function options(r) {
  const keys = r.weighed([
    [6, { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }],
    [3, { accessKeyId: 'ASIASESSION', secretAccessKey: 'sessionsecret', sessionToken: 'to/ken+==' }],
    [1, { accessKeyId: 'ünïcödé', secretAccessKey: '🎥 key', sessionToken: ' pad ' }],
    [0.2, { accessKeyId: '', secretAccessKey: '' }],
  ]);
  // Half of the clients are ordinary ones, with which calls get far.
  const isOdd = r.chance(0.5);
  const made = /** @type {any} */ ({ region: 'us-west-2', credentials: r.chance(0.3) ? async () => keys : keys, retryDelayOptions: { base: r.pick([0, 1]) } });
  const add = (/** @type {number} */ chance, /** @type {() => any} */ fields) => isOdd && r.chance(chance) && Object.assign(made, fields());
  add(0.2, () => ({ region: r.pick(['eu-central-1', 'fips-us-east-1', 'us-gov-west-1', 'cn-north-1', '', undefined, 'bad region', '-x', 'a'.repeat(70)]) }));
  add(0.1, () => ({ endpoint: r.pick(['https://example.com', 'http://127.0.0.1:8080/base', 'ivs.{region}.example.com', 'ftp://x', 'https://', '://', 'https://user@host', 'https://[::1]:1/']) }));
  add(0.2, () => ({ maxRetries: r.pick([0, 1, 2, 5, -1, 1.5, '2', null]) }));
  add(0.2, () => ({ retryMode: r.pick(['standard', 'legacy', 'nonsense']), retryCreates: r.chance(0.5) }));
  add(0.3, () => ({ paramValidation: r.pick([true, false, { min: false }, { max: true, pattern: true, enum: true }, { pattern: true, odd: 1 }]) }));
  add(0.1, () => ({ convertResponseTypes: r.chance(0.5) }));
  add(0.3, () => ({ systemClockOffset: r.below(4e9) - 2e9, correctClockSkew: r.chance(0.7) }));
  add(0.1, () => ({ customUserAgent: r.pick(['mine/1.0', 'ü', 'a\nb']) }));
  add(0.1, () => ({ useFipsEndpoint: r.chance(0.5), useDualstackEndpoint: r.chance(0.5), sslEnabled: r.chance(0.5) }));
  add(0.1, () => ({ params: { arn: 'BOUND', channelArn: 'BOUND', maxResults: 3, nope: 1 } }));
  add(0.05, () => ({ maxretries: 3, [r.pick(TEXTS)]: 1, timeout: r.pick([-1, 'x', 1e6]) }));
  return made;
}

/** @param {Random} r @param {string} operation @returns {Reply} */
function reply(r, operation) {
  const output = outputOf(operation);
  const good = (/** @type {Record<string, string>} */ headers = { 'x-amzn-requestid': `id-${r.below(1e6)}` }) => ({ status: 200, headers, body: JSON.stringify(output ? replaced(r, value(r, output, true, 0, true)) : {}) });
  /** @type {Reply} */
  const made = r.weighed([
    [5, good], [3, () => ({ ...good(), body: spoilt(r, good().body) })], [2, () => odd(r, operation)], [6, () => refusal(r)],
    [1, () => ({ ...refusal(r), status: 403, headers: { 'x-amzn-errortype': r.pick(['ExpiredTokenException', 'InvalidSignatureException', 'RequestTimeTooSkewed']) } })],
    [0.5, () => ({ status: 500, headers: {}, body: '', lost: true })],
  ])();
  if (r.chance(0.3)) made.headers = { ...made.headers, date: new Date(1_735_689_600_000 + r.below(1e9) * 60).toUTCString() };
  if (r.chance(0.1)) made.headers = { ...made.headers, 'retry-after': r.pick(['0', '0.001', 'x', '-1']) };
  return made;
}

/** @param {Random} r @param {string} body @returns {string | Uint8Array} */
function spoilt(r, body) {
  for (let times = 1 + r.below(3); times > 0; times--) {
    const at = r.below(body.length + 1);
    body = body.slice(0, at) + r.pick(SCRAPS) + body.slice(at + r.below(3));
  }
  if (r.chance(0.8)) return body;
  const bytes = Buffer.from(body);
  if (bytes.length) bytes[r.below(bytes.length)] = r.below(256);
  return Uint8Array.from(bytes);
}
