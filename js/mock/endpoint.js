// @ts-check
// The way of a request through the endpoint: CORS, routing, signature, policy, faults, validation, handler, answer.
// No transport here: fetch.js and server.js bring requests and carry answers.
import { check } from './check.js';
import { checkPageHeaders, DEFAULT_EXPOSED, pageHeaders, preflight } from './cors.js';
import { controlCall, makeControl } from './control.js';
import { makeClock } from './clock.js';
import { errorReply, ServiceError, throttled } from './errors.js';
import { operations, serviceRegions } from './facts.js';
import { connectionOf, faultReply, makeFaults, replaces } from './faults.js';
import { handlers } from './resources/index.js';
import { makeIds } from './ids.js';
import { callsPerSecond, defaultQuotas, quotasOf } from './quotas.js';
import { makeRates } from './rate.js';
import { findRoute, readInput } from './route.js';
import { serialize } from './serialize.js';
import { makeStore } from './store.js';
import { validate } from './validate.js';
import { checkCredential, verify } from './verify.js';

const CONTROL = '/__control/';
const MAX_BODY = 1024 * 1024;
/** As many calls are remembered for tests; a demo left running must not fill memory. */
const MAX_CALLS = 10_000;

/** AWS's documentation example keys: they open nothing anywhere else. */
export const EXAMPLE_CREDENTIAL = {
  accountId: '123456789012',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

/**
 * @typedef {object} Options
 * @property {string | number} [seed] names made up by the endpoint depend on it alone; 'ivs' when absent
 * @property {() => number | Date} [now] the endpoint's clock; Date.now when absent
 * @property {import('./verify.js').Credential[]} [accounts] who may call; the example credential when absent
 * @property {string[]} [regions] regions answered for; those of IVS when absent
 * @property {Partial<typeof defaultQuotas>} [quotas]
 * @property {boolean} [apiRates] enforce the call rates of each operation; false when absent
 * @property {number} [settleMs] how long CREATING and UPDATING last; 1000 when absent
 * @property {string[]} [exposeHeaders] reply headers that pages may read
 *
 * @typedef {{ method: string, path: string, query: string, headers: Map<string, string>, body: string | Uint8Array }} Incoming
 * @typedef {{ status: number, headers: Record<string, string>, body: string, fault?: import('./faults.js').Fault }} Answer
 * @typedef {ReturnType<typeof makeWorld>} World
 */

const OPTIONS = { seed: 'seed', now: 'function', accounts: 'list', regions: 'texts', quotas: 'object', apiRates: 'flag', settleMs: 'limit', exposeHeaders: 'texts' };

/** @param {Options} options */
function checkOptions(options) {
  check('createIvs', options, OPTIONS);
  const { accounts, regions } = options;
  for (const account of accounts ?? []) checkCredential('createIvs, accounts', account);
  if (accounts?.length === 0) throw new TypeError('createIvs: accounts is empty: nobody could call');
  if (regions?.length === 0) throw new TypeError('createIvs: regions is empty: no region would be answered for');
}

/** The parts of a world that control calls replace and a reset makes anew. @param {Options} options */
const changeable = (options) => ({
  ids: makeIds(options.seed ?? 'ivs'),
  quotas: quotasOf(defaultQuotas, options.quotas),
  /** @type {Map<string, import('./verify.js').Credential>} */
  credentials: new Map((options.accounts ?? [EXAMPLE_CREDENTIAL]).map((one) => [one.accessKeyId, { ...one }])),
  exposed: options.exposeHeaders ?? DEFAULT_EXPOSED,
  pendingVerification: false,
});

/** @param {Options} options */
function makeWorld(options) {
  // Looked up each time: timers of test frameworks put another clock there.
  const clock = makeClock(options.now ?? (() => Date.now()));
  /** @type {Map<string, import('./store.js').Store>} */
  const stores = new Map();
  const world = {
    ...changeable(options),
    clock,
    faults: makeFaults(),
    rates: makeRates(clock),
    regions: new Set(options.regions ?? serviceRegions),
    apiRates: options.apiRates ?? false,
    settleMs: options.settleMs ?? 1000,
    /** @type {Set<string>} */ failingBuckets: new Set(),
    /** @type {Set<string>} */ denied: new Set(),
    /** @type {{ operation: string | null, method: string, path: string, status: number, error?: string }[]} */ calls: [],
    /** @type {{ status: number, headers: Record<string, string>, body: string } | null} */ lastAnswer: null,
    /** How many were furnished. */ scenes: 0,
    stores: () => stores.values(),
    /** @param {string} account @param {string} region */
    storeOf(account, region) {
      const key = `${account} ${region}`;
      const store = stores.get(key) ?? makeStore(account, region);
      stores.set(key, store);
      return store;
    },
    /** @param {import('./store.js').Store} store */
    liveCount: (store) => [...store.sessions.values()].filter((sessions) => sessions.at(-1)?.endTime === undefined).length,
    reset() {
      stores.clear();
      clock.reset();
      Object.assign(world, changeable(options));
      world.faults.clear();
      world.rates.reset();
      world.failingBuckets.clear();
      world.denied.clear();
      world.calls.length = 0;
      world.lastAnswer = null;
      world.scenes = 0;
    },
  };
  return world;
}

/** @param {Options} [options] */
export function makeEndpoint(options = {}) {
  checkOptions(options);
  const world = makeWorld(options);
  const control = makeControl(world, (...args) => perform(world, ...args));
  return { control, handle: (/** @type {Incoming} */ incoming) => handle(world, control, incoming) };
}

/** @param {World} world @param {import('./control.js').Control} control @param {Incoming} incoming @returns {Promise<Answer>} */
async function handle(world, control, incoming) {
  const { method, path, headers } = incoming;
  if (path.startsWith(CONTROL)) {
    if (method === 'OPTIONS') return { status: 204, headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }, body: '' };
    return await controlCall(control, path.slice(CONTROL.length), textOf(incoming.body));
  }
  if (method === 'OPTIONS') return dress(world, preflight(headers));
  const route = findRoute(method, path);
  const call = { operation: route?.key ?? null, method, path, status: 0, error: /** @type {string | undefined} */ (undefined) };
  world.calls.push(call);
  if (world.calls.length > MAX_CALLS) world.calls.shift();
  const fault = route && world.faults.take(route.key);
  /** @type {Answer} */
  let answer = { status: 0, headers: {}, body: '' };
  try {
    // With `after` the call takes effect and only its answer is lost; without, it never reaches the service.
    if (!fault || !replaces(fault) || fault.after) answer = await serve(world, incoming, route);
    if (fault && replaces(fault)) answer = faultReply(fault);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    answer = errorReply(error);
  }
  const dressed = dress(world, { ...answer, fault: fault || undefined }, headers.has('origin'));
  const lost = ['hang', 'reset'].includes(connectionOf(dressed) ?? '');
  call.status = lost ? 0 : answer.status;
  call.error = lost ? undefined : /** @type {any} */ (answer.headers)['x-amzn-errortype'];
  world.lastAnswer = lost ? null : { status: dressed.status, headers: dressed.headers, body: dressed.body };
  return dressed;
}

/** @param {World} world @param {Incoming} incoming @param {ReturnType<typeof findRoute>} route */
async function serve(world, incoming, route) {
  const { headers, body } = incoming;
  if (headers.has('origin')) checkPageHeaders(headers);
  if (body.length > MAX_BODY) throw new ServiceError('RequestEntityTooLargeException', 'Request body must be less than 1 MB', 413);
  const { credential, region } = await verify({ ...incoming, bodyHash: '' }, { credentials: world.credentials, regions: world.regions, now: world.clock.now() });
  if (!route) throw new ServiceError('UnknownOperationException', `There is no operation at ${incoming.method} ${incoming.path}`, 404);
  const { key } = route;
  checkPolicy(world, key, credential.accountId);
  const input = readInput(key, route.labels, incoming.query, textOf(body));
  validate(/** @type {string} */ (operations[key].input), input);
  return serialize(key, await perform(world, key, input, credential.accountId, region));
}

/** @param {World} world @param {string} operation @param {any} input @param {string} account @param {string} region */
export async function perform(world, operation, input, account, region) {
  const { ids, quotas, settleMs, failingBuckets, rates } = world;
  const store = world.storeOf(account, region);
  return handlers[operation]({ operation, input, store, now: world.clock.now(), ids, quotas, settleMs, failingBuckets, rates });
}

/** @param {World} world @param {string} key @param {string} account */
function checkPolicy(world, key, account) {
  const { name, errors } = operations[key];
  if (world.denied.has(key)) {
    throw new ServiceError('AccessDeniedException', `User: arn:aws:iam::${account}:root is not authorized to perform: ivs:${name}`);
  }
  if (world.pendingVerification && errors.includes('PendingVerification')) {
    throw new ServiceError('PendingVerification', 'Your account is pending verification. Until the verification process is complete, you may not have access to this operation.');
  }
  const rate = world.apiRates && callsPerSecond(key);
  if (rate && !world.rates.take(`api ${account} ${name}`, rate)) {
    throw throttled(`Rate exceeded: ${name} is limited to ${rate} requests a second`);
  }
}

/** Adds what every answer carries. @param {World} world @param {Answer} answer @param {boolean} [toPage] @returns {Answer} */
function dress(world, answer, toPage = false) {
  /** @type {Record<string, string>} */
  const headers = {
    ...(answer.body === '' ? {} : { 'content-type': 'application/json' }),
    date: new Date(world.clock.now()).toUTCString(),
    'x-amzn-requestid': world.ids.request(),
    ...(toPage ? pageHeaders(world.exposed) : {}),
    ...answer.headers,
    ...answer.fault?.headers,
  };
  for (const name of Object.keys(headers)) if (headers[name] === '') delete headers[name];
  return { ...answer, headers };
}

/** @param {string | Uint8Array} body */
const textOf = (body) => (typeof body === 'string' ? body : new TextDecoder().decode(body));
