// @ts-check
// What ivs-wasm promises beyond what every client does, on a real transport in each runtime: clocks, credentials, lost
// answers, large answers, paging by loop, cancelling, callbacks, signing apart. Asked of our library only.
import { operations } from '../../../js/mock/facts.js';
import { CREDENTIALS } from '../suite.js';
import { equal, failure, ok, refused } from '../expect.js';

const TEN_MINUTES = 600_000;
/** Waits short enough for a test. */
const QUICK = { retryDelayOptions: { base: 1 } };

/** @param {any} control */
const received = async (control) => (await control('calls')).map((/** @type {any} */ call) => call.status);

/** @type {Omit<import('../suite.js').Case, 'needs' | 'ours'>[]} */
const cases = [
  ...[['behind', TEN_MINUTES], ['ahead', -TEN_MINUTES]].map(([way, ms]) => ({
    name: `a clock ten minutes ${way} is corrected, also for later calls, and when a page may read no header`,
    /** @param {import('../suite.js').Tools} tools */
    async body({ client, control }) {
      await control('exposeHeaders', { names: [] });
      await control('advance', { ms });
      const ivs = client();
      await ivs.listChannels();
      equal(await received(control), [403, 200], 'attempts of the first call');
      await ivs.listStreams();
      equal(await received(control), [403, 200, 200], 'attempts of both');
      await refused(client({ correctClockSkew: false }).listChannels(), 'InvalidSignatureException', 403, 'switched off');
    },
  })),
  {
    name: 'a function for credentials: its answer is kept, and it is asked again when the token has expired',
    async body({ client, control }) {
      const session = { accessKeyId: 'ASIASESSION', secretAccessKey: 'session secret', sessionToken: 'token' };
      await control('addCredential', { accountId: '123456789012', ...session });
      let asked = 0;
      const ivs = client({ ...QUICK, credentials: async () => (asked++ ? CREDENTIALS : session) });
      await ivs.listChannels();
      await Promise.all(Array.from({ length: 20 }, () => ivs.listChannels()));
      equal(asked, 1, 'times asked');
      await control('expireCredential', session);
      await ivs.listChannels();
      equal(asked, 2, 'times asked after the token expired');
    },
  },
  {
    name: 'an answer lost on its way: reading is repeated, creating is not unless asked for',
    async body({ client, control }) {
      // Cut after the headers: a connection that is cut before them, Chromium itself tries a second time.
      const lose = (/** @type {string} */ operation) => control('fault', { operation, connection: 'short' });
      const ivs = client(QUICK);
      await lose('listChannels');
      equal((await ivs.listChannels()).$metadata.attempts, 2, 'attempts to read');
      await lose('createChannel');
      equal((await failure(ivs.createChannel({ name: 'once' }))).code, 'NetworkingError', 'code');
      equal((await ivs.listChannels()).channels.length, 1, 'channels');
      await lose('createChannel');
      await client({ ...QUICK, retryCreates: true }).createChannel({ name: 'twice' });
      equal((await ivs.listChannels({ filterByName: 'twice' })).channels.length, 2, 'channels when repeating was asked for');
    },
  },
  {
    name: 'a body that stalls, one that is cut, a page of HTML: repeated; a body in drops is read',
    async body({ client, control }) {
      const ivs = client({ ...QUICK, httpOptions: { timeout: 1000 } });
      const { channel } = await ivs.createChannel({ name: 'drops' });
      for (const fault of [{ connection: 'stall' }, { connection: 'short' }, { html: true }]) {
        await control('fault', { operation: 'getChannel', ...fault });
        const answer = await ivs.getChannel({ arn: channel.arn });
        equal([answer.channel.name, answer.$metadata.attempts], ['drops', 2], JSON.stringify(fault));
      }
      await control('fault', { operation: 'getChannel', connection: 'drip', dripMs: 1 });
      const answer = await client(QUICK).getChannel({ arn: channel.arn });
      equal([answer.channel.name, answer.$metadata.attempts], ['drops', 1], 'in drops');
    },
  },
  {
    name: 'limits of time: an attempt, a whole call; what hangs ends as TimeoutError',
    async body({ client, control }) {
      await control('fault', { connection: 'hang', times: 10 });
      const { error } = await failure(client({ ...QUICK, httpOptions: { timeout: 50 }, maxAttempts: 2 }).listChannels());
      equal([error.code, error.$metadata.attempts], ['TimeoutError', 2], 'an attempt');
      const start = Date.now();
      equal((await failure(client(QUICK).listChannels({}, { timeout: 100 }))).code, 'TimeoutError', 'a call');
      ok(Date.now() - start < 5000, 'it ended in time');
    },
  },
  {
    name: 'a signal ends a call that hangs and one that waits to be repeated',
    async body({ client, control }) {
      const soon = () => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 50);
        return { signal: controller.signal };
      };
      await control('fault', { connection: 'hang' });
      equal((await failure(client().listChannels({}, soon()))).code, 'RequestAbortedError', 'hanging');
      await control('fault', { error: 'ThrottlingException' });
      const start = Date.now();
      equal((await failure(client({ retryDelayOptions: { customBackoff: () => 60_000 } }).listChannels({}, soon()))).code, 'RequestAbortedError', 'waiting');
      ok(Date.now() - start < 5000, 'the wait ended with it');
      equal((await received(control)).length, 2, 'calls received');
    },
  },
  {
    name: 'a redirect is an error and is not followed',
    async body({ client, control, endpoint }) {
      await control('fault', { status: 307, headers: { location: `${endpoint}/ListStreams` }, times: 3 });
      const { code, error } = await failure(client().listChannels());
      equal([code, /^Redirects are not followed/.test(error.hint)], ['UnknownError', true], 'code and hint');
      equal((await control('calls')).map((/** @type {any} */ call) => call.operation), ['listChannels'], 'calls received');
    },
  },
  {
    name: 'half a megabyte of tags in many alphabets arrives as it was sent',
    async body({ client }) {
      const ivs = client();
      const tags = Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`key ${i}`, `${'äЖ中'.repeat(80)}${i}`]));
      await Promise.all(Array.from({ length: 16 }, () => ivs.createChannel({ tags })));
      const { channels } = await ivs.listChannels();
      equal(channels.map((/** @type {any} */ channel) => channel.tags), Array(16).fill(tags), 'tags');
    },
  },
  {
    name: 'an answer of 7 MB is refused, one that is no JSON too',
    async body({ client, control }) {
      const once = client({ maxAttempts: 1 });
      await control('fault', { operation: 'listChannels', body: JSON.stringify({ channels: [], nextToken: 'x'.repeat(7_000_000) }) });
      equal((await failure(once.listChannels())).code, 'ResponseTooLarge', 'long');
      await control('fault', { operation: 'listChannels', body: 'hello' });
      equal((await failure(once.listChannels())).code, 'SyntaxError', 'no JSON');
    },
  },
  {
    name: 'a page that may read no header still has status and text of an error',
    async body({ client, control }) {
      await control('exposeHeaders', { names: [] });
      const arn = 'arn:aws:ivs:us-west-2:123456789012:channel/none';
      const { status, text } = await failure(client().getChannel({ arn }));
      equal([status, text], [404, `Resource: ${arn} not found`], 'status and text');
    },
  },
  {
    name: 'paginators give every item once',
    async body({ client, control }) {
      const ivs = client();
      const scene = await control('scene');
      await Promise.all(Array.from({ length: 7 }, () => ivs.createChannel({})));
      const all = [];
      for await (const channel of ivs.paginateListChannels({}, { pageSize: 4 }).items()) all.push(channel.arn);
      equal([all.length, new Set(all).size], [10, 10], 'channels');
      for (const operation of Object.keys(operations).filter((name) => operations[name].paginator)) {
        const input = /StreamKeys|StreamSessions/.test(operation) ? { channelArn: scene.liveChannelArn } : {};
        const { resultKey } = /** @type {any} */ (operations[operation].paginator);
        const items = [];
        for await (const page of ivs[`paginateL${operation.slice(1)}`](input, { pageSize: 1 })) items.push(...page[resultKey]);
        equal(items, (await ivs[operation]({ ...input, maxResults: 50 }))[resultKey], operation);
        ok(items.length > 0, `${operation} had something to list`);
      }
    },
  },
  {
    name: 'fifty calls at once each get their own answer',
    async body({ client }) {
      const ivs = client();
      const names = Array.from({ length: 50 }, (_, i) => `channel-${i}`);
      const made = await Promise.all(names.map((name) => ivs.createChannel({ name })));
      const read = await Promise.all(made.map(({ channel }) => ivs.getChannel({ arn: channel.arn })));
      equal(read.map(({ channel }) => channel.name), names, 'names');
    },
  },
  {
    name: 'callbacks: data or an error, the other null',
    async body({ client }) {
      const ivs = client();
      const ask = (/** @type {any[]} */ ...args) => new Promise((resolve) => ivs.listChannels(...args, (/** @type {any} */ error, /** @type {any} */ data) => resolve([error?.code ?? error, data])));
      equal(await ask(), [null, { channels: [] }], 'without parameters');
      equal(await ask({ maxResults: 1 }), [null, { channels: [] }], 'with parameters');
      equal(await ask({ maxResults: 'many' }), ['InvalidParameterType', null], 'an error');
    },
  },
  {
    name: 'a call signed apart is accepted when it is sent by hand, once as it is and not when changed',
    async body({ client, send }) {
      const { url, method, headers, body } = await client().sign('listChannels', { maxResults: 3 });
      equal((await send(url, { method, headers, body })).status, 200, 'as it is');
      equal((await send(url, { method, headers, body: body.replace('3', '4') })).status, 403, 'changed');
    },
  },
];

/** @type {import('../suite.js').Case[]} */
export const library = cases.map((one) => ({ ...one, needs: [], ours: true }));
