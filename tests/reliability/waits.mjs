// @ts-check
// What a call is about stands when it is made, also while the wasm loads; what the waiters wait for ends as they promise, and so do pages.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { IMPORT_NAME } from '../harness/install.mjs';
import { ARN, CREDENTIALS, REGION, load, outcome, project } from './library.mjs';

await runMain(async () => {
  const { check, finish } = checks('What waits');
  const base = { region: REGION, credentials: CREDENTIALS, maxRetries: 0 };
  /** @type {string[]} */
  let sent = [];
  const fetch = async (/** @type {string} */ _, /** @type {RequestInit} */ init) => {
    sent.push(String(init.body));
    return new Response('{}');
  };

  for (const when of ['before the wasm is there', 'when it is there']) {
    const library = await load(await project());
    if (when === 'when it is there') await library.ready();
    const { IVS, IVSError } = library;
    const ivs = new IVS({ ...base, fetch });

    await check(`parameters are taken at once, ${when}`, async () => {
      sent = [];
      // Plain ones, and such as JSON does not show as they are.
      for (const more of [{}, { nothing: undefined }]) {
        const params = { channelArn: ARN, metadata: '', ...more };
        const made = ['a', 'b', 'c'].map((metadata) => ivs.putMetadata(Object.assign(params, { metadata })));
        const signed = ivs.sign('putMetadata', Object.assign(params, { metadata: 'd' }));
        params.metadata = 'too late';
        await Promise.all(made);
        assert.equal(JSON.parse((await signed).body).metadata, 'd');
      }
      assert.deepEqual(sent.map((body) => JSON.parse(body).metadata), ['a', 'b', 'c', 'a', 'b', 'c']);
    });

    await check(`parameters that cannot be taken are told by a rejection, ${when}`, async () => {
      sent = [];
      const { error } = await outcome(ivs.getChannel({ get arn() { throw new Error('boom'); } }), 5000);
      assert.ok(error instanceof IVSError && error.code === 'InvalidParameterType', String(error));
      assert.equal(error.cause.message, 'boom');
      for (const odd of [() => '{}', () => 1, 7, Symbol('x')]) {
        const refused = (await outcome(ivs.sign('getChannel', odd), 5000)).error;
        assert.match(String(refused?.message), /Expected params to be a structure/, String(odd));
      }
      assert.deepEqual(sent, []);
    });
  }

  await check('while the wasm is on its way, a signal and a limit end a call, and what is no limit does not', async () => {
    const folder = await project();
    const slim = await import(pathToFileURL(join(folder, 'node_modules', IMPORT_NAME, 'slim.js')).href);
    const early = (await outcome(new slim.IVS(base).listChannels(), 5000)).error;
    assert.deepEqual([early.code, early.message], ['LoadError', 'ivs-wasm cannot start: no wasm was given: call provide() first']);
    /** @type {(bytes: Uint8Array) => void} */
    let arrive = () => {};
    slim.provide(() => new Promise((resolve) => (arrive = resolve)));
    const controller = new AbortController();
    const { signal } = controller;
    let listeners = 0;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (/** @type {[any, any]} */ ...args) => { listeners++; add(...args); };
    signal.removeEventListener = (/** @type {[any, any]} */ ...args) => { listeners--; remove(...args); };
    const ivs = new slim.IVS({ ...base, fetch });
    const [bound, hasty] = [new slim.IVS({ ...base, fetch, signal }), new slim.IVS({ ...base, fetch, timeout: 20 })];
    const param = { arn: ARN };
    const aborted = [ivs.getChannel(param, { signal }), bound.getChannel(param), bound.sign('getChannel', param), ivs.getChannel(param, { signal: AbortSignal.abort() })];
    const late = [ivs.getChannel(param, { timeout: 20.5 }), hasty.getChannel(param), hasty.sign('getChannel', param)];
    const waiting = [{ timeout: 0 }, { timeout: Infinity }, { timeout: 2 ** 31 }, { timeout: -1 }, { timeout: '1' }, { timeout: 1n }, { signal: {} }, { get timeout() { throw new Error('boom'); } }, { timeout: 60_000 }]
      .map((options) => ivs.getChannel(param, options));
    // What the caller lifts for a call holds no more.
    waiting.push(hasty.getChannel(param, { timeout: 0 }));
    setTimeout(() => controller.abort(), 10);
    for (const { error } of await Promise.all(aborted.map((call) => outcome(call, 5000)))) {
      assert.ok(error instanceof slim.IVSError);
      assert.deepEqual([error.code, error.message, error.retryable], ['RequestAbortedError', 'Request aborted by user', false]);
      assert.equal(error.cause.name, 'AbortError');
    }
    for (const { error } of await Promise.all(late.map((call) => outcome(call, 5000)))) {
      assert.deepEqual([error.code, error.message.replace('20.5', '20'), error.retryable], ['TimeoutError', 'ivs-wasm could not be loaded within 20ms', true]);
    }
    assert.deepEqual(await Promise.all(waiting.map((call) => outcome(call, 50))), waiting.map(() => ({ hung: true })));
    assert.equal(listeners, 0, 'listeners left on the signal');
    arrive(readFileSync(join(folder, 'node_modules', IMPORT_NAME, 'ivs.wasm')));
    const ends = await Promise.all(waiting.map((call) => outcome(call, 5000)));
    assert.deepEqual(ends.map(({ error }) => error?.code), [undefined, undefined, undefined, 'ConfigError', 'ConfigError', 'ConfigError', 'ConfigError', undefined, undefined, undefined]);
  });

  await check('many calls share a signal: one listener on it, no warning, and it ends them all, again and again', async () => {
    const { IVS } = await load(await project());
    /** @type {Error[]} */
    const warnings = [];
    const take = (/** @type {Error} */ warning) => warnings.push(warning);
    process.on('warning', take);
    const controller = new AbortController();
    const { signal } = controller;
    /** @type {(() => void)[]} */
    let waiting = [];
    const slow = new IVS({ ...base, fetch: () => new Promise((resolve) => waiting.push(() => resolve(new Response('{}')))) });
    for (const end of ['answered', 'answered', 'aborted']) {
      waiting = [];
      const calls = Array.from({ length: 30 }, () => slow.getChannel({ arn: ARN }, { signal }));
      const pauses = Array.from({ length: 30 }, () => new IVS({ ...base, fetch, retryMode: 'legacy' }).waitFor('channelLive', { channelArn: ARN }, { signal, delay: 60 }));
      while (waiting.length < calls.length) await new Promise((resolve) => setTimeout(resolve, 1));
      assert.equal(getEventListeners(signal, 'abort').length, 1);
      if (end === 'answered') {
        // Some end by themselves; the others go on listening.
        for (const answer of waiting) answer();
        assert.deepEqual((await Promise.all(calls.map((call) => outcome(call, 5000)))).map(({ value }) => value), calls.map(() => ({})));
        assert.equal(getEventListeners(signal, 'abort').length, 1);
        for (const pause of pauses) pause.catch(() => {});
        continue;
      }
      controller.abort();
      for (const { error } of await Promise.all([...calls, ...pauses].map((call) => outcome(call, 5000)))) assert.equal(error?.code, 'RequestAbortedError');
    }
    assert.equal(getEventListeners(signal, 'abort').length, 0, 'listeners left on the signal');
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('warning', take);
    assert.deepEqual(warnings.map(String), []);
  });

  await check('a source that gave the wrong WebAssembly, or none, is no hindrance to the next', async () => {
    const folder = await project();
    const fresh = async () => import(`${pathToFileURL(join(folder, 'node_modules', IMPORT_NAME, 'slim.js')).href}`);
    const file = (/** @type {string} */ name) => readFileSync(join(folder, 'node_modules', IMPORT_NAME, name));
    const slim = await fresh();
    const ivs = new slim.IVS({ ...base, fetch });
    let asked = 0;
    // Of another entry; of another version it would be the same.
    slim.provide(() => (asked++ ? file('ivs.wasm') : file('v2.wasm')));
    assert.equal((await outcome(ivs.listChannels(), 5000)).error?.code, 'LoadError');
    assert.deepEqual((await outcome(ivs.listChannels(), 5000)).value, {});
    assert.equal(asked, 2);
  });

  await check('another source helps where the first one never answers, and the late answer harms nobody', async () => {
    const folder = await project();
    const slim = await import(pathToFileURL(join(folder, 'node_modules', IMPORT_NAME, 'slim.js')).href);
    const bytes = readFileSync(join(folder, 'node_modules', IMPORT_NAME, 'ivs.wasm'));
    const ivs = new slim.IVS({ ...base, fetch });
    /** @type {(bytes: Uint8Array) => void} */
    let arrive = () => {};
    slim.provide(() => new Promise((resolve) => (arrive = resolve)));
    const first = ivs.listChannels();
    assert.deepEqual(await outcome(first, 20), { hung: true });
    slim.provide(bytes);
    assert.deepEqual((await outcome(ivs.listChannels(), 5000)).value, {});
    /** @type {(response: Response) => void} */
    let answer = () => {};
    const under = new slim.IVS({ ...base, fetch: () => new Promise((resolve) => (answer = resolve)) }).listChannels();
    await new Promise((resolve) => setTimeout(resolve, 10));
    arrive(bytes);
    assert.deepEqual((await outcome(first, 5000)).value, {});
    answer(new Response('{"channels":[]}'));
    assert.deepEqual((await outcome(under, 5000)).value, { channels: [] });
  });

  await check('a promise that fails before anyone calls is told to who calls, and to nobody else', async () => {
    const folder = await project();
    const slim = await import(pathToFileURL(join(folder, 'node_modules', IMPORT_NAME, 'slim.js')).href);
    /** @type {unknown[]} */
    const unhandled = [];
    const listen = (/** @type {unknown} */ reason) => unhandled.push(reason);
    process.on('unhandledRejection', listen);
    slim.provide(Promise.reject(new Error('gone')));
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', listen);
    assert.deepEqual(unhandled, []);
    const { error } = await outcome(new slim.IVS({ ...base, fetch }).listChannels(), 5000);
    assert.deepEqual([error.code, error.cause.message], ['LoadError', 'gone']);
  });

  await check('signing heeds a signal and a limit while it waits for credentials', async () => {
    const { IVS } = await load(await project());
    const ivs = new IVS({ ...base, credentials: () => new Promise(() => {}) });
    assert.equal((await outcome(ivs.sign('listChannels', {}, { timeout: 20 }), 2000)).error.code, 'TimeoutError');
    assert.equal((await outcome(ivs.sign('listChannels', {}, { signal: AbortSignal.timeout(20) }), 2000)).error.code, 'RequestAbortedError');
    for (const odd of ['listChannels.channels', ['listChannels'], Symbol('x'), {}, null]) {
      assert.equal((await outcome(ivs.sign(/** @type {any} */ (odd)), 2000)).error.code, 'UnknownOperation', String(odd));
    }
  });

  await check('a download that fails is told to calls without limits and to those with one', async () => {
    const folder = await project();
    const slim = await import(pathToFileURL(join(folder, 'node_modules', IMPORT_NAME, 'slim.js')).href);
    slim.provide(() => Promise.reject(new Error('offline')));
    for (const options of [{}, { timeout: 5000 }, { signal: new AbortController().signal }]) {
      const { error } = await outcome(new slim.IVS({ ...base, fetch }).getChannel({ arn: ARN }, options), 5000);
      assert.deepEqual([error.code, error.cause.message], ['LoadError', 'offline']);
    }
  });

  const { IVS, IVSError } = await load(await project());
  /** A client whose stream is in these states one after another, the last one for good. @param {(string | number)[]} states @param {object} [more] */
  const streaming = (states, more) => {
    let asked = 0;
    const answer = async () => {
      const state = states[Math.min(asked++, states.length - 1)];
      if (state === 404) return new Response('{"exceptionMessage":"off"}', { status: 404, headers: { 'x-amzn-errortype': 'ChannelNotBroadcasting' } });
      if (typeof state === 'number') return new Response('{}', { status: state });
      return new Response(JSON.stringify({ stream: { state } }));
    };
    return { ivs: new IVS({ ...base, fetch: answer, ...more }), times: () => asked };
  };
  const wait = { delay: 0.01 };

  await check('a waiter asks until the state is reached', async () => {
    const live = streaming([404, 'OFFLINE', 'LIVE']);
    assert.equal((await live.ivs.waitFor('channelLive', { channelArn: ARN }, wait)).stream.state, 'LIVE');
    assert.equal(live.times(), 3);
    const off = streaming(['LIVE', 'LIVE', 404]);
    assert.deepEqual(await off.ivs.waitFor('channelOffline', { channelArn: ARN }, wait), {});
    assert.equal(off.times(), 3);
  });

  await check('a waiter that waits in vain, fails or knows no such state says so', async () => {
    const never = streaming([404]);
    const late = (await outcome(never.ivs.waitFor('channelLive', { channelArn: ARN }, { ...wait, maxAttempts: 3 }), 5000)).error;
    assert.deepEqual([late.code, late.retryable, never.times()], ['ResourceNotReady', true, 3]);
    assert.deepEqual([late.message, late.originalError.code], ['Resource is not in the state channelLive', 'ChannelNotBroadcasting']);
    for (const maxAttempts of [1, 0, NaN]) {
      const once = streaming([404]);
      assert.equal((await outcome(once.ivs.waitFor('channelLive', { channelArn: ARN }, { ...wait, maxAttempts }), 5000)).error?.code, 'ResourceNotReady');
      assert.equal(once.times(), 1, String(maxAttempts));
    }
    assert.equal((await outcome(streaming([400]).ivs.waitFor('channelLive', { channelArn: ARN }, wait), 5000)).error.statusCode, 400);
    assert.equal((await outcome(never.ivs.waitFor('toString', {}), 5000)).error.code, 'StateNotFoundError');
  });

  await check('an answer that says nothing of the state is no state, and a state without a way out ends the wait', async () => {
    const silent = async () => new Response('{}');
    const nothing = (await outcome(new IVS({ ...base, fetch: silent }).waitFor('channelLive', { channelArn: ARN }, { ...wait, maxAttempts: 2 }), 5000)).error;
    assert.deepEqual([nothing?.code, nothing?.retryable], ['ResourceNotReady', true]);
    let asked = 0;
    const broken = async () => (asked++, new Response('{"recordingConfiguration":{"state":"CREATE_FAILED"}}'));
    const failed = (await outcome(new IVS({ ...base, fetch: broken }).waitFor('recordingConfigurationActive', { arn: ARN }, wait), 5000)).error;
    assert.deepEqual([failed?.code, failed?.retryable, asked], ['ResourceNotReady', false, 1]);
    assert.match(failed.message, /CREATE_FAILED and stays there/);
  });

  await check('an option of a waiter that is undefined is as if it were not there', async () => {
    const { ivs, times } = streaming([404, 'LIVE']);
    const { value, hung } = await outcome(ivs.waitFor('channelLive', { channelArn: ARN }, { delay: undefined, maxAttempts: undefined, signal: undefined }), 1000);
    assert.ok(hung && !value, 'five seconds between two questions');
    assert.equal(times(), 1);
    // As many questions as usual.
    const { setTimeout } = globalThis;
    const many = streaming([404]);
    globalThis.setTimeout = /** @type {any} */ ((/** @type {any} */ what, /** @type {number} */ ms, /** @type {any[]} */ ...rest) => setTimeout(what, ms === 5000 ? 0 : ms, ...rest));
    try {
      const { error } = await outcome(many.ivs.waitFor('channelLive', { channelArn: ARN }, { maxAttempts: undefined }), 20000);
      assert.deepEqual([error?.code, many.times()], ['ResourceNotReady', 60]);
    } finally {
      globalThis.setTimeout = setTimeout;
    }
  });

  await check('a waiter whose pause no timer can measure does not ask without one', async () => {
    for (const delay of [Infinity, 3e6, 1e300, '1e9', 10n ** 9n]) {
      const never = streaming([404]);
      const { hung } = await outcome(never.ivs.waitFor('channelLive', { channelArn: ARN }, { delay, signal: AbortSignal.timeout(200) }), 60);
      assert.deepEqual([hung, never.times()], [true, 1], String(delay));
    }
  });

  await check('a signal ends a waiter between two questions: its own, and that of the client', async () => {
    for (const whose of ['own', 'client', 'client, and undefined of its own']) {
      const controller = new AbortController();
      const signal = { signal: controller.signal };
      const { ivs, times } = streaming([404], whose.startsWith('client') ? signal : {});
      const started = ivs.waitFor('channelLive', { channelArn: ARN }, { delay: 60, ...(whose === 'own' ? signal : whose === 'client' ? {} : { signal: undefined }) });
      setTimeout(() => controller.abort(), 100);
      const { error, hung } = await outcome(started, 5000);
      assert.ok(!hung && error instanceof IVSError && error.code === 'RequestAbortedError', `${whose}: ${hung ? 'hung' : error}`);
      assert.equal(times(), 1, whose);
    }
  });

  await check('an aborted call tells why: its cause is the reason of the signal', async () => {
    const controller = () => { const made = new AbortController(); setTimeout(() => made.abort(why), 20); return made.signal; };
    const why = new Error('the user left');
    const never = () => new Promise(() => {});
    const stalls = async () => new Response(new ReadableStream({ start(to) { to.enqueue(new Uint8Array([123])); } }));
    const busy = async () => new Response('{}', { status: 500 });
    const slow = { maxRetries: 3, retryDelayOptions: { customBackoff: () => 60_000 } };
    const client = (/** @type {object} */ more) => new IVS({ ...base, fetch: never, ...more });
    const ways = {
      'before it starts': client({}).getChannel({ arn: ARN }, { signal: AbortSignal.abort(why) }),
      'by the signal of the client, before it starts': client({ signal: AbortSignal.abort(why) }).getChannel({ arn: ARN }),
      'while credentials are asked for': client({ credentials: never }).getChannel({ arn: ARN }, { signal: controller() }),
      'while it is sent': client({}).getChannel({ arn: ARN }, { signal: controller() }),
      'while the answer is read': client({ fetch: stalls }).getChannel({ arn: ARN }, { signal: controller() }),
      'between two attempts': client({ fetch: busy, ...slow }).getChannel({ arn: ARN }, { signal: controller() }),
      'between two questions of a waiter': streaming([404]).ivs.waitFor('channelLive', { channelArn: ARN }, { delay: 60, signal: controller() }),
      'between two pages': client({}).paginateListChannels({}, { signal: controller() })[Symbol.asyncIterator]().next(),
    };
    for (const [when, call] of Object.entries(ways)) {
      const { error } = await outcome(call, 5000);
      assert.deepEqual([error?.code, error?.message, error?.cause], ['RequestAbortedError', 'Request aborted by user', why], when);
    }
    const { error } = await outcome(client({}).getChannel({ arn: ARN }, { signal: AbortSignal.timeout(10) }), 5000);
    assert.deepEqual([error.code, error.cause.name], ['RequestAbortedError', 'TimeoutError']);
  });

  await check('pages: how large, from where, and until when', async () => {
    /** @type {any[]} */
    const asked = [];
    const fetch = async (/** @type {string} */ _, /** @type {RequestInit} */ init) => {
      asked.push(JSON.parse(String(init.body)));
      return new Response(JSON.stringify({ channels: [{ arn: ARN }], nextToken: { a: 'b', b: 'c' }[asked.at(-1).nextToken ?? 'a'] ?? 'c' }));
    };
    const ivs = new IVS({ ...base, fetch });
    const count = async (/** @type {any} */ params, /** @type {any} */ options, most = 10) => {
      asked.length = 0;
      for await (const _ of ivs.paginateListChannels(params, options)) if (asked.length === most) break;
      return asked;
    };
    // The page that names itself as the next one is the last.
    assert.deepEqual(await count(undefined, undefined), [{}, { nextToken: 'b' }, { nextToken: 'c' }]);
    assert.deepEqual(await count({ filterByName: 'x' }, { pageSize: 2, startingToken: 'b' }), ['b', 'c'].map((nextToken) => ({ filterByName: 'x', maxResults: 2, nextToken })));
    assert.deepEqual(await count({ maxResults: 3, nextToken: 'b' }, { pageSize: undefined, startingToken: undefined }), ['b', 'c'].map((nextToken) => ({ maxResults: 3, nextToken })));
    assert.equal((await count({}, { stopOnSameToken: false }, 6)).length, 6);
  });

  return finish();
});
