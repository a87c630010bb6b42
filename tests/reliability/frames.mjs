// @ts-check
// The stack of an error: its name and message, and who made the call; nothing from inside the library.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { IMPORT_NAME } from '../harness/install.mjs';
import { ARN, CREDENTIALS, REGION, load, project } from './library.mjs';

await runMain(async () => {
  const { check, finish } = checks('Stacks of errors');
  const base = { region: REGION, credentials: CREDENTIALS, maxRetries: 0 };
  const refusing = async () => new Response('{"exceptionMessage":"none"}', { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' } });
  const lost = async () => { throw new TypeError('fetch failed'); };

  /**
   * The error of what an application does, in two functions of its own.
   * @param {(ivs: any) => Promise<unknown>} what
   * @param {any} ivs
   * @returns {Promise<any>}
   */
  async function failing(what, ivs) {
    async function application() {
      await what(ivs);
    }
    async function caller() {
      await application();
    }
    return caller().then(() => assert.fail('it should have failed'), (error) => error);
  }

  /** @param {any} error */
  const frames = (error) => {
    const head = `${error.name}: ${error.message}`;
    assert.ok(error.stack.startsWith(head), error.stack);
    return error.stack.slice(head.length).split('\n').slice(1);
  };

  /** @type {[string, string, typeof fetch, (ivs: any) => Promise<unknown>][]} */
  const FAILURES = [
    ['an answer', 'ResourceNotFoundException', refusing, (ivs) => ivs.getChannel({ arn: ARN })],
    ['a lost connection', 'NetworkingError', lost, (ivs) => ivs.listChannels()],
    ['a parameter', 'MissingRequiredParameter', lost, (ivs) => ivs.getChannel({})],
    ['several parameters', 'MultipleValidationErrors', lost, (ivs) => ivs.batchGetChannel({ arns: [1, 2] })],
    ['an aborted call', 'RequestAbortedError', lost, (ivs) => ivs.getChannel({ arn: ARN }, { signal: AbortSignal.abort() })],
    ['a page', 'ResourceNotFoundException', refusing, async (ivs) => { for await (const _ of ivs.paginateListChannels().items()); }],
    ['a waiter', 'ResourceNotFoundException', refusing, (ivs) => ivs.waitFor('channelLive', { channelArn: ARN })],
    ['a waiter that there is not', 'StateNotFoundError', lost, (ivs) => ivs.waitFor('channelAlive', { channelArn: ARN })],
    ['signing', 'InvalidParameterType', lost, (ivs) => ivs.sign('getChannel', { arn: 7 })],
    ['signing what there is not', 'UnknownOperation', lost, (ivs) => ivs.sign('getChanel')],
  ];

  const started = await load(await project());
  await started.ready();
  for (const when of ['before the wasm is there', 'when it is there']) {
    for (const [of, code, fetch, what] of FAILURES) {
      await check(`the stack of ${of} shows the application, ${when}`, async () => {
        const { IVS } = when === 'when it is there' ? started : await load(await project());
        const error = await failing(what, new IVS({ ...base, fetch }));
        assert.equal(error.code, code);
        const seen = frames(error);
        for (const name of ['application', 'caller']) assert.ok(seen.some((/** @type {string} */ frame) => frame.includes(` ${name} (`)), `${name}: ${error.stack}`);
        assert.doesNotMatch(error.stack, /wasm:|wasm-function/);
      });
    }
  }

  await check('so does that of a library that cannot start', async () => {
    const slim = await import(pathToFileURL(join(await project(), 'node_modules', IMPORT_NAME, 'slim.js')).href);
    const error = await failing((ivs) => ivs.listChannels(), new slim.IVS(base));
    assert.equal(error.code, 'LoadError');
    assert.ok(frames(error).some((/** @type {string} */ frame) => frame.includes(' application (')), error.stack);
  });

  const { IVS, IVSError } = started;

  const v2 = await import(pathToFileURL(join(await project(), 'node_modules', IMPORT_NAME, 'v2.js')).href);
  const AWS = v2.default;
  /** @param {(request: any) => any} what */
  const failingV2 = (what, params = {}) => failing((client) => what(client.getChannel(params)), new AWS.IVS({ ...base, endpoint: 'http://127.0.0.1:9' }));

  for (const [how, what] of /** @type {[string, (request: any) => Promise<any>][]} */ ([
    ['.promise()', (request) => request.promise()],
    ['await', async (request) => { await request; }],
    ['.catch()', (request) => request.catch((/** @type {Error} */ error) => { throw error; })],
  ])) {
    await check(`in ivs-wasm/v2 the stack shows the application, by ${how}`, async () => {
      for (const params of [{}, { arn: ARN }]) {
        const error = await failingV2(what, params);
        assert.equal(error.code, 'arn' in params ? 'NetworkingError' : 'MissingRequiredParameter');
        assert.ok(frames(error).some((/** @type {string} */ frame) => frame.includes(' application (')), error.stack);
      }
    });
  }

  await check('in ivs-wasm/v2 an error of the application keeps its stack, and a promise its class', async () => {
    const mine = new Error('mine');
    const { stack } = mine;
    const client = new AWS.IVS({ region: REGION, maxRetries: 0, credentials: { get: (/** @type {(error: Error) => void} */ done) => done(mine) } });
    const error = await failing(() => client.listChannels().promise(), undefined);
    assert.ok(error === mine || error.originalError, String(error));
    assert.equal(mine.stack, stack);
    class Mine extends Promise {}
    AWS.config.setPromisesDependency(Mine);
    try {
      const made = client.getChannel({}).promise();
      assert.equal(made.constructor, Mine);
      await assert.rejects(made, { code: 'MissingRequiredParameter' });
    } finally {
      AWS.config.setPromisesDependency(null);
    }
  });

  await check('the parts of an error have no frames of their own', async () => {
    const { errors } = await failing((ivs) => ivs.batchGetChannel({ arns: [1, 2] }), new IVS(base));
    assert.equal(errors.length, 2);
    for (const one of errors) assert.equal(one.stack, `${one.name}: ${one.message}`);
  });

  await check('an application that wants no frames gets none, and keeps its limit', async () => {
    const { stackTraceLimit } = Error;
    try {
      Error.stackTraceLimit = 0;
      assert.deepEqual(frames(await failing((ivs) => ivs.getChannel({}), new IVS(base))), []);
      assert.equal(Error.stackTraceLimit, 0);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  });

  await check('where an engine cannot tell, the stack is name and message', async () => {
    const { captureStackTrace } = Error;
    try {
      Reflect.deleteProperty(Error, 'captureStackTrace');
      assert.deepEqual(frames(await failing((ivs) => ivs.getChannel({}), new IVS(base))), []);
    } finally {
      Error.captureStackTrace = captureStackTrace;
    }
  });

  await check('an error that an application makes has its cause, as any error', () => {
    const cause = new Error('first');
    const error = new IVSError('second', { code: 'Mine', cause });
    assert.deepEqual([error.code, error.cause === cause, Object.keys(error).includes('cause')], ['Mine', true, false]);
    assert.ok(!('cause' in new IVSError('third', { code: 'Mine' })));
  });

  return finish();
});
