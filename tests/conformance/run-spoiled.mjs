// @ts-check
// The suite must be able to fail. SDK v3 passes it; here it is spoiled in one way at a time, and the suite must notice.
import { startServer } from '../../js/mock/server.js';
import { sdkV3 } from './adapters.mjs';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { run } from './suite.js';

const { make, traits } = await sdkV3();

/** @param {(operation: string, call: (input: any) => Promise<any>, input: any) => Promise<any>} spoil */
const spoiled = (spoil) => (/** @type {any} */ options) => {
  const client = make(options);
  return new Proxy(client, {
    get: (_, operation) => (input) => spoil(String(operation), (changed) => client[operation](changed), input),
  });
};

/** @param {(error: any) => void} change */
const errorsChanged = (change) => spoiled(async (_, call, input) => {
  try {
    return await call(input);
  } catch (error) {
    change(error);
    throw error;
  }
});

/** What is done to the client, and a case that has to fail for it. */
const WAYS = {
  'a member is lost from an answer': ['getChannel: its example', spoiled(async (operation, call, input) => {
    const answer = await call(input);
    if (operation === 'getChannel') delete answer.channel.tags;
    return answer;
  })],
  'a member is made up': ['getStream: its example', spoiled(async (_, call, input) => {
    const answer = await call(input);
    if (answer.stream) answer.stream.colour = 'red';
    return answer;
  })],
  'times stay text': ['getStream: its example', spoiled(async (_, call, input) => {
    const answer = await call(input);
    if (answer.stream) answer.stream.startTime = answer.stream.startTime.toISOString();
    return answer;
  })],
  'the input is changed': ['updateChannel: its example', spoiled((_, call, input) => {
    const answer = call({ ...input });
    delete input.arn;
    return answer;
  })],
  'every call is sent twice': ['listChannels: its example', spoiled(async (_, call, input) => (await call(input), call(input)))],
  'error codes are lost': ['getChannel: each of its', errorsChanged((error) => void (error.name = 'UnknownError'))],
  'error texts are lost': ['getChannel: each of its', errorsChanged((error) => void (error.exceptionMessage = undefined))],
  'request ids are lost': ['getChannel: each of its', errorsChanged((error) => void delete error.$metadata.requestId)],
  'statuses are lost': ['getChannel: each of its', errorsChanged((error) => void delete error.$metadata.httpStatusCode)],
  'tokens are not sent on': ['listChannels: pages', spoiled((_, call, { nextToken, ...input }) => call(input))],
  'throttling is not retried': ['a throttled call', (options) => make({ ...options, maxAttempts: 1 })],
  'session tokens are not sent': ['a session token', (options) => make({ ...options, credentials: { ...options.credentials, sessionToken: undefined } })],
  'only the first tag key is sent': ['at most 50 tags', spoiled((_, call, input) => call(input.tagKeys ? { ...input, tagKeys: input.tagKeys.slice(0, 1) } : input))],
};

await runMain(async () => {
  const { check, finish } = checks('spoiled clients fail the conformance suite');
  const server = await startServer({ seed: 'spoiled' });
  for (const [way, [only, client]] of Object.entries(WAYS)) {
    await check(way, async () => {
      /** @type {string[]} */
      const lines = [];
      const count = await run({ make: /** @type {any} */ (client), traits, endpoint: server.url, only: String(only), log: (line) => lines.push(line) });
      if (count.passed + count.failed !== 1) throw new Error(`"${only}" names ${count.passed + count.failed} cases, not one`);
      if (count.failed !== 1) throw new Error('the suite did not notice');
      if (/is not a function|Cannot read/.test(lines.join())) throw new Error(`it failed for another reason: ${lines.join()}`);
      const sound = await run({ make, traits, endpoint: server.url, only: String(only), log: () => undefined });
      if (sound.passed !== 1) throw new Error('the sound client fails as well');
    });
  }
  await server.close();
  return finish();
});
