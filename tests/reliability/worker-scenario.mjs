// A Worker with one client in module scope, as they are written. What a request does is told by its input.
import { IVS } from 'ivs-wasm';

/** @type {WebAssembly.Instance[]} */
const instances = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    instances.push(this);
  }
};

/** Where the next call for credentials is kept waiting. A call asks for them in the turn in which it begins. */
let slow;
/** Credentials that are about to expire, so that every call asks for new ones. */
const credentials = async () => {
  const url = slow;
  slow = undefined;
  if (url) await fetch(url);
  return { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'EXAMPLEKEY', expiration: new Date(Date.now() + 1000) };
};

const HOST = 'http://ivs.test';
const ARN = 'arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh';
// Legacy: the quota of the standard mode, used up by thousands of waits that never end, would let a call fail before it is cancelled.
const ivs = new IVS({ region: 'us-west-2', endpoint: HOST, credentials, retryMode: 'legacy', retryDelayOptions: { base: 20_000 } });

let fired = 0;

/** What a handler has in its hands while it waits for a call: the request, say. */
const held = { made: 0, gone: 0 };
const registry = new FinalizationRegistry(() => held.gone++);

const memories = () => instances.flatMap(({ exports }) => Object.values(exports)).filter((one) => one instanceof WebAssembly.Memory);
const memory = () => memories().reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

const actions = {
  /** One call to a fault of the server; the client is always the same. */
  async call({ url, fault, slowCredentials, timeout }) {
    if (slowCredentials) slow = `${url}/silent/`;
    const own = { number: ++held.made };
    registry.register(own, undefined);
    try {
      const { channel } = await ivs.getChannel({ arn: ARN }, { timeout, fetch: (target, init) => fetch(target.replace(HOST, `${url}/${fault}`), init) });
      return { ok: channel?.name, number: own.number };
    } catch (error) {
      return { code: error.code, message: String(error.message), cause: String(error.cause) };
    }
  },
  /** Many calls to a transport in memory. */
  async many({ calls }) {
    const call = () => ivs.getChannel({ arn: ARN }, { fetch: async () => new Response('{"channel":{"name":"n"}}') });
    for (let i = 0; i < calls; i += 50) await Promise.all(Array.from({ length: 50 }, call));
    return memory();
  },
  async clients({ clients }) {
    for (let i = 0; i < clients; i++) {
      const one = new IVS({ region: 'us-west-2', credentials: { accessKeyId: `AKID${i}`, secretAccessKey: `secret${i}` }, fetch: async () => new Response('{}') });
      await one.getChannel({ arn: ARN });
    }
    return memory();
  },
  memory,
  /** A timer that fires only if the request lives on. */
  async leaveTimer({ url }) {
    setTimeout(() => fired++, 300);
    await fetch(`${url}/silent/`);
  },
  timers: () => fired,
  held: () => held,
};

export default ({ act, ...input }) => actions[act](input);
