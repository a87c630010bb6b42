// Programs in the style of SDK v2, as they stand in many code bases. Each one gets AWS, an endpoint of ivs-wasm/mock with its
// account, and a fetch; it throws if something is not as in v2. The same file runs in every runtime.

/** @param {unknown} value @param {unknown} wanted @param {string} what */
function equal(value, wanted, what) {
  if (JSON.stringify(value) !== JSON.stringify(wanted)) throw new Error(`${what}: ${JSON.stringify(value)} instead of ${JSON.stringify(wanted)}`);
}

/** @param {(callback: (error: any, data: any) => void) => void} call @returns {Promise<[any, any]>} */
const called = (call) => new Promise((resolve) => call((error, data) => resolve([error, data])));

/** @type {Record<string, (world: any) => Promise<void>>} */
export const programs = {
  async 'create a channel by callback, read it by promise, delete it'({ ivs }) {
    const [error, data] = await called((callback) => ivs.createChannel({ name: 'from-v2', tags: { of: 'test' } }, callback));
    equal(error, null, 'error');
    const { channel } = await ivs.getChannel({ arn: data.channel.arn }).promise();
    equal([channel.name, channel.tags], ['from-v2', { of: 'test' }], 'channel');
    const result = await ivs.deleteChannel({ arn: channel.arn }).promise();
    equal(Object.keys(result), [], 'result of a deletion');
    equal(result.$response.httpResponse.statusCode, 204, 'status');
  },

  async 'poll getStream until the stream is live, then put metadata'({ ivs, live, channel }) {
    const states = [];
    for (const channelArn of [channel, live]) {
      const [error, data] = await called((callback) => ivs.getStream({ channelArn }, callback));
      states.push(error ? error.code : data.stream.state);
      if (!error && !(data.stream.startTime instanceof Date)) throw new Error('startTime is no Date');
    }
    equal(states, ['ChannelNotBroadcasting', 'LIVE'], 'states');
    await ivs.putMetadata({ channelArn: live, metadata: JSON.stringify({ question: 1 }) }).promise();
  },

  async 'list everything page by page and item by item'({ ivs }) {
    const names = Array.from({ length: 5 }, (_, i) => `paged-${i}`);
    for (const name of names) await ivs.createChannel({ name }).promise();
    let pages = 0;
    const found = [];
    await new Promise((resolve, reject) => {
      ivs.listChannels({ maxResults: 2 }).eachPage((error, data) => {
        if (error) return reject(error);
        if (!data) return resolve(undefined);
        pages++;
        found.push(...data.channels.map((one) => one.name));
      });
    });
    if (pages < 3) throw new Error(`${pages} pages`);
    equal(names.filter((name) => !found.includes(name)), [], 'missing');
    let items = 0;
    await new Promise((resolve, reject) => {
      ivs.listChannels({ maxResults: 2 }).eachItem((error, item) => (error ? reject(error) : item ? void items++ : resolve(undefined)));
    });
    equal(items, found.length, 'items');
  },

  async 'events in their order, and a request that is changed before it is signed'({ ivs, channel }) {
    const seen = [];
    const request = ivs.getChannel();
    for (const event of ['validate', 'build', 'afterBuild', 'sign', 'httpHeaders', 'httpData', 'httpDone', 'send', 'validateResponse', 'extractData', 'success', 'complete']) {
      request.on(event, () => seen.push(event));
    }
    request.on('validate', (req) => (req.params.arn = channel), true);
    const data = await request.promise();
    equal(data.channel.arn, channel, 'arn');
    equal(seen.join(' '), 'validate build afterBuild sign httpHeaders httpData httpDone send validateResponse extractData success complete', 'events');
  },

  async 'errors: of parameters, of the service, of missing credentials'({ AWS, ivs, options }) {
    const [missing] = await called((callback) => ivs.getChannel({}, callback));
    equal([missing.code, missing.message], ['MissingRequiredParameter', "Missing required key 'arn' in params"], 'missing');
    const [none] = await called((callback) => ivs.getChannel({ arn: 'arn:aws:ivs:us-west-2:123456789012:channel/nowhere0000' }, callback));
    equal([none.code, none.statusCode, none.retryable], ['ResourceNotFoundException', 404, false], 'not found');
    const bare = new AWS.IVS({ ...options, credentials: null, credentialProvider: null });
    const [keyless] = await called((callback) => bare.listChannels(callback));
    equal(keyless.code, 'CredentialsError', 'credentials');
  },

  async 'abort before and during a call'({ AWS, ivs, options }) {
    const early = ivs.listChannels();
    early.abort();
    equal(await early.promise().catch((error) => error.code), 'RequestAbortedError', 'before');
    const slow = new AWS.IVS({ ...options, fetch: () => new Promise(() => {}) });
    const request = slow.listChannels();
    const ended = request.promise().catch((error) => [error.code, error.message, error.retryable]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    request.abort();
    equal(await ended, ['RequestAbortedError', 'Request aborted by user', false], 'during');
  },

  async 'refreshed credentials, asked by many calls at once'({ AWS, options, keys }) {
    let loads = 0;
    class Own extends AWS.Credentials {
      refresh(callback) {
        this.coalesceRefresh(callback);
      }
      load(callback) {
        loads++;
        setTimeout(() => {
          Object.assign(this, { expired: false, accessKeyId: keys.accessKeyId, expireTime: new Date(Date.now() + 3_600_000) });
          this.secretAccessKey = keys.secretAccessKey;
          callback();
        }, 5);
      }
    }
    const ivs = new AWS.IVS({ ...options, credentials: new Own() });
    await Promise.all(Array.from({ length: 10 }, () => ivs.listChannels().promise()));
    equal(loads, 1, 'loads');
  },

  async 'retries of a service that is not well, and a logger'({ AWS, options, fetch }) {
    let sent = 0;
    const lines = [];
    const ill = (url, init) => (++sent < 3 ? Promise.resolve(new Response('{"message":"busy"}', { status: 503 })) : fetch(url, init));
    const ivs = new AWS.IVS({ ...options, fetch: ill, retryDelayOptions: { base: 1 }, logger: { log: (line) => lines.push(line) } });
    const data = await ivs.listStreamKeys({ channelArn: 'arn:aws:ivs:us-west-2:123456789012:channel/nowhere0000' }).promise().catch((error) => error);
    equal([sent, data.retryable ?? false], [3, false], 'attempts');
    if (!/^\[AWS ivs \d+ [\d.]+s 2 retries\] listStreamKeys\(\{/.test(lines[0])) throw new Error(`line: ${lines[0]}`);
  },

  async 'waitFor: a state of v2 style, and none that is not there'({ ivs, live }) {
    const data = await ivs.waitFor('channelLive', { channelArn: live, $waiter: { delay: 0.01, maxAttempts: 3 } }).promise();
    equal(data.stream.state, 'LIVE', 'state');
    let code;
    try {
      ivs.waitFor('channelBlue', {});
    } catch (error) {
      code = error.code;
    }
    equal(code, 'StateNotFoundError', 'unknown state');
  },

  async 'waitFor: what is no number leaves delay and attempts as usual'({ AWS, options }) {
    let asked = 0;
    const off = async () => (asked++, new Response('{"exceptionMessage":"off"}', { status: 404, headers: { 'x-amzn-errortype': 'ChannelNotBroadcasting' } }));
    const ivs = new AWS.IVS({ ...options, fetch: off });
    const channelArn = 'arn:aws:ivs:us-west-2:123456789012:channel/nowhere0000';
    const request = ivs.waitFor('channelLive', { channelArn, $waiter: { delay: undefined, maxAttempts: '1' } });
    const ended = called((callback) => request.send(callback));
    await new Promise((resolve) => setTimeout(resolve, 400));
    request.abort();
    equal((await ended)[0].code, 'RequestAbortedError', 'end');
    equal([asked, request.response.maxRetries], [1, 60], 'questions in the first five seconds, and at most');
  },

  async 'presign a request: by callback, and as a promise'({ ivs, channel }) {
    const request = () => ivs.listTagsForResource({ resourceArn: channel });
    const [error, url] = await called((callback) => request().presign(60, callback));
    equal(error, null, 'error');
    const { pathname, searchParams } = new URL(url);
    equal(pathname.endsWith(`/tags/${encodeURIComponent(channel)}`), true, 'path');
    equal([...searchParams.keys()], ['Algorithm', 'Credential', 'Date', 'Expires', 'Signature', 'SignedHeaders'].map((name) => `X-Amz-${name}`), 'names');
    equal([searchParams.get('X-Amz-Expires'), searchParams.get('X-Amz-SignedHeaders')], ['60', 'host'], 'values');
    equal(new URL(await request().presign(60)).pathname, pathname, 'promise');
    equal(await request().presign(604_801).catch((refused) => refused.code), 'InvalidExpiryTime', 'too long');
  },

  async 'await a request, and hide the secret'({ AWS, ivs, keys, options }) {
    const { channels } = await ivs.listChannels({ maxResults: 1 });
    equal(channels.length, 1, 'channels');
    const flat = new AWS.IVS({ ...options, credentials: undefined, ...keys });
    const shown = JSON.stringify(flat) + JSON.stringify(flat.config);
    if (shown.includes(keys.secretAccessKey)) throw new Error('the secret is shown');
    await flat.listChannels({ maxResults: 1 });
  },
};
