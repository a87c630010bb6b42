// @ts-check
// What no API call can do: going live, moving the clock, failing on purpose. Not part of IVS. In-process these are
// methods; over HTTP they are POST /__control/<name> with the arguments as one JSON object.
import { parseArn } from './arn.js';
import { check, checkValue } from './check.js';
import { notFound } from './errors.js';
import { operationKey } from './facts.js';
import { quotasOf } from './quotas.js';
import { furnish } from './scene.js';
import { addEvent, changeHealth, endSession, startSession } from './resources/sessions.js';
import { checkCredential } from './verify.js';

/** @typedef {import('./endpoint.js').World} World */

const CHANGE = { health: ['HEALTHY', 'STARVING', 'UNKNOWN'], viewerCount: 'count' };

/**
 * @param {World} world
 * @param {(operation: string, input: any, account: string, region: string) => Promise<any>} perform
 */
export function makeControl(world, perform) {
  /** @param {string} arn */
  const locate = (arn) => {
    const parsed = parseArn(arn);
    const store = parsed && world.storeOf(parsed.account, parsed.region);
    const channel = store?.get('channel', arn);
    if (!store || !channel) throw notFound(arn);
    const last = store.sessions.get(arn)?.at(-1);
    return { store, channel, live: last && last.endTime === undefined ? last : undefined };
  };
  /** @param {string} arn */
  const live = (arn) => {
    const found = locate(arn).live;
    if (!found) throw new Error(`${arn} is not live`);
    return found;
  };
  const now = () => world.clock.now();

  const control = {
    /**
     * An encoder connects: the channel is live. One that is live already stays so, but for its health and viewers.
     * @param {string} channelArn
     * @param {{ health?: string, viewerCount?: number, ingest?: { video?: any, audio?: any } }} [how]
     */
    goLive(channelArn, how = {}) {
      check('goLive', how, { ...CHANGE, ingest: 'object' });
      const { store, channel, live } = locate(channelArn);
      if (live) {
        const { ingest, ...change } = how;
        if (ingest) throw new Error(`goLive: ${channelArn} is live, and its encoder stays as it is; end the stream first`);
        control.setStream(channelArn, change);
        return { streamId: live.streamId };
      }
      if (world.liveCount(store) >= world.quotas.concurrentStreams) throw new Error(`at most ${world.quotas.concurrentStreams} channels can be live`);
      return { streamId: startSession(store, channel, { streamId: world.ids.stream(), now: now(), ...how }).streamId };
    },
    /** The encoder disconnects. @param {string} channelArn */
    endStream(channelArn) {
      endSession(live(channelArn), now());
    },
    /** @param {string} channelArn @param {{ health?: string, viewerCount?: number }} change */
    setStream(channelArn, change) {
      check('setStream', change, CHANGE);
      const { health, viewerCount } = change;
      const session = live(channelArn);
      if (health !== undefined) changeHealth(session, health, now());
      if (viewerCount !== undefined) session.viewerCount = viewerCount;
    },
    /** @param {string} channelArn @param {{ name: string, type: string, code?: string, error?: boolean }} event */
    addEvent(channelArn, event) {
      check('addEvent', event, { name: 'text', type: 'text', code: 'text', error: 'flag' }, ['name', 'type']);
      addEvent(live(channelArn), { ...event, now: now() });
    },
    /** Everything CREATING or UPDATING is done at once. */
    settle() {
      for (const store of world.stores()) {
        for (const kind of ['recording-configuration', 'failover-slate-configuration']) {
          for (const item of store.all(kind)) item.readyAt = Math.min(item.readyAt, now());
        }
      }
    },
    /** Recordings to this bucket end as CREATE_FAILED. @param {string} bucketName */
    failBucket(bucketName) {
      checkValue('failBucket', 'the name of the bucket', bucketName, 'text');
      world.failingBuckets.add(bucketName);
    },
    /** Moves the endpoint's clock; callers whose clocks stay behind are skewed. @param {number} ms */
    advance(ms) {
      checkValue('advance', 'what it is given', ms, 'number');
      world.clock.advance(ms);
    },
    /** @param {import('./faults.js').Fault & { html?: boolean }} fault */
    fault(fault) {
      world.faults.add(fault);
    },
    clearFaults() {
      world.faults.clear();
    },
    /** Policy: these operations answer AccessDeniedException until allowed again. @param {...string} names */
    deny(...names) {
      for (const key of names.flat().map(operationKey)) world.denied.add(key);
    },
    allow() {
      world.denied.clear();
    },
    /** The account's verification is pending: operations that can say so do. @param {boolean} [pending] */
    pendingVerification(pending = true) {
      checkValue('pendingVerification', 'what it is given', pending, 'flag');
      world.pendingVerification = pending;
    },
    /** @param {import('./verify.js').Credential} credential */
    addCredential(credential) {
      checkCredential('addCredential', credential);
      world.credentials.set(credential.accessKeyId, { ...credential });
    },
    /** Its session token is expired from now on. @param {string} accessKeyId */
    expireCredential(accessKeyId) {
      const credential = world.credentials.get(accessKeyId);
      if (!credential) throw new Error(`no credential ${accessKeyId}`);
      credential.expiration = now();
    },
    /** Which reply headers pages may read; [] hides all. @param {string[]} names */
    exposeHeaders(names) {
      checkValue('exposeHeaders', 'what it is given', names, 'texts');
      world.exposed = names;
    },
    /** Lowers or raises quotas. @param {Partial<World['quotas']>} quotas */
    setQuotas(quotas) {
      world.quotas = quotasOf(world.quotas, quotas);
    },
    /** The calls received since the last reset, oldest first, without secrets. */
    calls: () => world.calls.map((call) => ({ ...call })),
    /** Status, headers and body of the last answer, as they went onto the wire. */
    lastAnswer: () => world.lastAnswer,
    /** Metadata, ad breaks and revocations that arrived. */
    journal() {
      const journals = [...world.stores()].map((store) => store.journal);
      return {
        metadata: journals.flatMap((one) => one.metadata),
        adBreaks: journals.flatMap((one) => one.adBreaks),
        revocations: journals.flatMap((one) => one.revocations),
      };
    },
    /** Forgets everything but the options: resources, faults, refusals, time. */
    reset() {
      world.reset();
    },
    /**
     * Furnishes an account with one resource of each kind and a channel on the air; gives their ARNs by the names
     * that the examples of the facts file use.
     * @param {{ accountId?: string, region?: string }} [where]
     */
    async scene(where = {}) {
      check('scene', where, { accountId: 'account', region: [...world.regions] });
      const { accountId = [...world.credentials.values()][0].accountId, region = world.regions.has('us-west-2') ? 'us-west-2' : [...world.regions][0] } = where;
      const scene = await furnish((operation, input) => perform(operation, input, accountId, region), control.goLive, world.scenes++);
      control.settle();
      return scene;
    },
  };
  return control;
}

/** @typedef {ReturnType<typeof makeControl>} Control */

/** How the one JSON object of an HTTP call becomes arguments. @type {Record<string, (args: any) => any[]>} */
const ARGUMENTS = {
  goLive: ({ channelArn, ...rest }) => [channelArn, rest],
  endStream: ({ channelArn }) => [channelArn],
  setStream: ({ channelArn, ...rest }) => [channelArn, rest],
  addEvent: ({ channelArn, ...rest }) => [channelArn, rest],
  failBucket: ({ bucketName }) => [bucketName],
  advance: ({ ms }) => [ms],
  fault: (args) => [args],
  deny: ({ operations }) => operations,
  pendingVerification: ({ pending }) => [pending],
  addCredential: (args) => [args],
  expireCredential: ({ accessKeyId }) => [accessKeyId],
  exposeHeaders: ({ names }) => [names],
  setQuotas: (args) => [args],
  scene: (args) => [args],
};

/** @param {Control} control @param {string} name @param {string} body */
export async function controlCall(control, name, body) {
  const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };
  if (!Object.hasOwn(control, name)) return { status: 404, headers, body: JSON.stringify({ message: `no control named ${name}` }) };
  try {
    const args = body ? JSON.parse(body) : {};
    const result = await /** @type {any} */ (control)[name](...(ARGUMENTS[name]?.(args) ?? []));
    return { status: 200, headers, body: JSON.stringify(result ?? {}) };
  } catch (error) {
    return { status: 400, headers, body: JSON.stringify({ message: /** @type {Error} */ (error).message }) };
  }
}
