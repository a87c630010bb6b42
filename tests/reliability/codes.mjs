// @ts-check
// Every error code of docs/errors.md can be reached, has a class where the page says so, and every code that is reached
// is on the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeFetch } from '../../js/mock/fetch.js';
import { makeEndpoint } from '../../js/mock/endpoint.js';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { ROOT } from '../harness/project.mjs';
import { ARN, CREDENTIALS, REGION, load, outcome, project, spoil, watchInstances } from './library.mjs';

const page = readFileSync(`${ROOT}/docs/errors.md`, 'utf8');
const facts = JSON.parse(readFileSync(`${ROOT}/src/model/ivs.json`, 'utf8'));
/** Codes in the first column of the page's tables, and those of its headings for IVS's own. */
const documented = new Set([...page.matchAll(/^\|((?: ?`[A-Za-z]+`,?)+) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`(\w+)`/g)].map(([, code]) => code)));
for (const [, code] of page.matchAll(/^### (\w+)$/gm)) if (facts.errors[code]) documented.add(code);

await runMain(async () => {
  const { check, finish } = checks('Every error code');
  const library = await load(await project());
  const { IVS, IVSError } = library;
  /** @type {Map<string, any>} */
  const reached = new Map();
  const base = { region: REGION, credentials: CREDENTIALS, maxRetries: 0, fetch: async () => new Response('{}') };
  const all = { min: true, max: true, pattern: true, enum: true };
  const answer = (/** @type {number} */ status, /** @type {string} */ body, headers = {}) => ({ fetch: async () => new Response(body, { status, headers }) });

  /** @param {string} code @param {object} options @param {any} [params] @param {string} [operation] @param {object} [call] */
  const reach = async (code, options, params = { arn: ARN }, operation = 'getChannel', call = undefined) => {
    const { error, hung } = await outcome(new IVS({ ...base, ...options })[operation](params, call), 5000);
    assert.ok(!hung && error instanceof IVSError, `${code}: ${error?.stack ?? 'no error'}`);
    assert.equal(error.code, code);
    assert.equal(error.name, code);
    assert.ok(error.message.length > 2, `${code} has a message`);
    found(code, error);
  };

  /** @param {string} code @param {any} error */
  const found = (code, error) => {
    assert.equal(error?.code, code);
    // Of any error, and of its parts, as the declarations say.
    for (const one of [error, ...(error.errors ?? [])]) assert.equal(typeof one.$metadata.attempts, 'number', code);
    reached.set(code, error);
  };

  await check('parameters', async () => {
    await reach('MissingRequiredParameter', {}, {});
    await reach('UnexpectedParameter', {}, { arn: ARN, other: 1 });
    await reach('InvalidParameterType', {}, { arn: 7 });
    await reach('MultipleValidationErrors', {}, { other: 1 });
    await reach('UriParameterError', {}, { resourceArn: '' }, 'listTagsForResource');
    await reach('MinRangeError', { paramValidation: all }, { arns: [] }, 'batchGetChannel');
    await reach('MaxRangeError', { paramValidation: all }, { maxResults: 1e6 }, 'listChannels');
    await reach('PatternMatchError', { paramValidation: all }, { arn: 'x' });
    await reach('EnumError', { paramValidation: all }, { type: 'HUGE' }, 'createChannel');
  });

  await check('set-up', async () => {
    await reach('ConfigError', { region: '' });
    await reach('CredentialsError', { credentials: undefined });
    const { error } = await outcome(new IVS(base).sign('noSuchOperation', {}), 1000);
    found('UnknownOperation', error);
    const { compile } = WebAssembly;
    WebAssembly.compile = async () => { throw new WebAssembly.CompileError('no'); };
    // Another installation has state of its own.
    const other = await load(await project());
    const { error: failed } = await outcome(new other.IVS(base).getChannel({ arn: ARN }), 1000);
    WebAssembly.compile = compile;
    assert.ok(failed instanceof other.IVSError);
    assert.equal(failed.code, 'LoadError');
    reached.set(failed.code, failed);
    assert.equal((await outcome(new other.IVS(base).getChannel({ arn: ARN }), 1000)).error, undefined, 'the next call loads again');
  });

  await check('waiting', async () => {
    const ivs = new IVS({ ...base, fetch: async () => new Response('{"stream":{"state":"OFFLINE"}}') });
    found('ResourceNotReady', (await outcome(ivs.waitFor('channelLive', { channelArn: ARN }, { maxAttempts: 1 }), 1000)).error);
    found('StateNotFoundError', (await outcome(ivs.waitFor('channelAlive', { channelArn: ARN }), 1000)).error);
  });

  await check('transport', async () => {
    await reach('NetworkingError', { fetch: async () => { throw new TypeError('fetch failed'); } });
    await reach('TimeoutError', { fetch: () => new Promise(() => {}), httpOptions: { timeout: 20 } });
    await reach('ResponseTooLarge', answer(200, 'x'.repeat(6 * 1024 * 1024 + 1)));
    await reach('RequestAbortedError', {}, { arn: ARN }, 'getChannel', { signal: AbortSignal.abort() });
  });

  await check('answers', async () => {
    await reach('SyntaxError', answer(200, '{'));
    await reach('TimestampParserError', answer(200, '{"streams":[{"startTime":"soon"}]}'), {}, 'listStreams');
    await reach('UnknownError', answer(502, '<html>'));
    const restore = watchInstances();
    const other = await load(await project());
    await new other.IVS(base).getChannel({ arn: ARN });
    const breaking = async () => {
      await null; // out of the wasm
      spoil();
      return new Response('{}');
    };
    const { error } = await outcome(new other.IVS({ ...base, fetch: breaking }).getChannel({ arn: ARN }), 1000);
    restore();
    found('InternalError', error);
  });

  await check('of IVS, each from each operation that has it, by its class', async () => {
    const endpoint = makeEndpoint({ seed: 1 });
    const ivs = new IVS({ ...base, fetch: makeFetch(endpoint.handle), paramValidation: false });
    let pairs = 0;
    for (const [operation, { errors }] of Object.entries(facts.operations)) {
      for (const code of errors) {
        endpoint.control.clearFaults();
        endpoint.control.fault({ error: code, status: facts.errors[code].httpStatus });
        const { error } = await outcome(ivs[operation]({ resourceArn: ARN }), 5000);
        assert.ok(error instanceof library[code] && error instanceof IVSError, `${operation}: ${code}, got ${error?.code}`);
        assert.deepEqual([error.code, error.statusCode], [code, facts.errors[code].httpStatus]);
        reached.set(code, error);
        pairs++;
      }
    }
    console.log(`        ${pairs} pairs of operation and error`);
  });

  await check('of AWS before IVS sees the call', async () => {
    for (const [code, status] of Object.entries({ UnrecognizedClientException: 403, InvalidClientTokenId: 403, ExpiredTokenException: 403, ExpiredToken: 403, RequestExpired: 403, SignatureDoesNotMatch: 403, InvalidSignatureException: 403, RequestTimeTooSkewed: 403, AccessDenied: 403 })) {
      await reach(code, answer(status, '{"message":"refused"}', { 'x-amzn-errortype': code }));
    }
  });

  await check('refusals that stay are not repeated', async () => {
    for (const [code, { httpStatus }] of Object.entries(facts.errors)) {
      let sent = 0;
      const fetch = async () => (sent++, new Response('{}', { status: httpStatus, headers: { 'x-amzn-errortype': code } }));
      const { error } = await outcome(new IVS({ ...base, fetch, maxRetries: 2, retryDelayOptions: { base: 1 } }).createChannel({}), 5000);
      const passes = httpStatus >= 500 || httpStatus === 429;
      assert.deepEqual([sent, error.retryable], passes ? [3, true] : [1, false], code);
    }
  });

  await check('reached and documented are the same', () => {
    assert.deepEqual([...documented].filter((code) => !reached.has(code)), [], 'documented, but nothing reaches them');
    assert.deepEqual([...reached.keys()].filter((code) => !documented.has(code)), [], 'reached, but not documented');
    console.log(`        ${reached.size} codes`);
  });
  return finish();
});
