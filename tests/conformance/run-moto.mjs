// @ts-check
// moto is another in-memory AWS, written by others. Where it has an IVS operation, the same calls to both servers give
// the same status, the same members of the same types and values, and the same errors. What differs on purpose is below.
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { CREDENTIALS, startMoto } from '../harness/server.mjs';
import { signedRequest } from '../mock/caller.mjs';
import { startServer } from '../../js/mock/server.js';
import { equal, ok } from './expect.js';

const MISSING = 'arn:aws:ivs:us-west-2:123456789012:channel/none';

/** Members that moto, whose model is older, does not send. */
const UNKNOWN_TO_MOTO = new Set(['srt', 'containerFormat', 'playbackRestrictionPolicyArn', 'adConfigurationArn', 'failoverSlateConfigurationArn']);

/**
 * Where moto departs from the service's model, put right in its answer before the comparison.
 * @type {Record<string, (answer: any) => any>}
 */
const CORRECTIONS = {
  // The model's status is 204; moto answers 200 without a body.
  deleteChannel: (answer) => (answer.status === 200 ? { ...answer, status: 204 } : answer),
  // The model's ChannelSummary has no addresses; moto lists whole channels.
  listChannels: (answer) => ({ ...answer, body: { ...answer.body, channels: answer.body.channels.map(summary) } }),
  // Tags are given to the channel; moto gives them to its stream key as well.
  createChannel: (answer) => ({ ...answer, body: { ...answer.body, streamKey: { ...answer.body.streamKey, tags: {} } } }),
};

/** @param {any} channel */
const summary = ({ ingestEndpoint, playbackUrl, ...rest }) => rest;

/** Made up by each server: only their type is compared. */
const MADE_UP = new Set(['ingestEndpoint', 'playbackUrl', 'value']);

/**
 * The calls, in order; `$0`, `$1` … are the ARNs of the channels made so far, `$next` the last token given.
 * @type {[string, any][]}
 */
const CALLS = [
  ['createChannel', { name: 'first', tags: { team: 'video' } }],
  ['createChannel', { name: 'second', type: 'BASIC', latencyMode: 'NORMAL', authorized: true, insecureIngest: true }],
  ['createChannel', { name: 'third', type: 'ADVANCED_HD', preset: 'CONSTRAINED_BANDWIDTH_DELIVERY' }],
  ['getChannel', { arn: '$0' }],
  ['getChannel', { arn: MISSING }],
  ['listChannels', {}],
  ['listChannels', { filterByName: 'second' }],
  ['listChannels', { filterByName: 'nobody' }],
  ['listChannels', { maxResults: 2 }],
  ['listChannels', { maxResults: 2, nextToken: '$next' }],
  ['batchGetChannel', { arns: ['$0', '$1'] }],
  ['updateChannel', { arn: '$0', name: 'renamed', latencyMode: 'NORMAL', authorized: true }],
  ['updateChannel', { arn: '$0', recordingConfigurationArn: '' }],
  ['updateChannel', { arn: MISSING, name: 'x' }],
  ['getChannel', { arn: '$0' }],
  ['deleteChannel', { arn: '$1' }],
  ['deleteChannel', { arn: '$1' }],
  ['getChannel', { arn: '$1' }],
  ['listChannels', {}],
];

/** A caller that remembers what a server made, and the answers in a form that can be compared. @param {string} origin */
function makeCaller(origin) {
  /** @type {string[]} */
  const channels = [];
  let next = '';
  /** @type {string[]} */
  const arns = [];
  /** @param {any} value @param {string} [name] @returns {any} */
  const normal = (value, name = '') => {
    if (Array.isArray(value)) return value.map((item) => normal(item));
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value)
        // null says no more than absence; moto writes it for a missing token.
        .filter(([key, item]) => item !== null && !UNKNOWN_TO_MOTO.has(key))
        .map(([key, item]) => [key, normal(item, key)]));
    }
    if (MADE_UP.has(name) || name === 'nextToken') return typeof value;
    // ARNs are compared by the order in which they appear.
    if (typeof value !== 'string') return value;
    return value.replace(/arn:aws:ivs:[\w-]+:\d+:([\w-]+)\/\w+/g, (arn, kind) => {
      if (arn === MISSING) return 'the missing ARN';
      if (!arns.includes(arn)) arns.push(arn);
      return `${kind} ${arns.indexOf(arn)}`;
    });
  };
  return async (/** @type {string} */ name, /** @type {any} */ input) => {
    const filled = JSON.parse(JSON.stringify(input), (_, value) =>
      typeof value === 'string' && value[0] === '$' ? (value === '$next' ? next : channels[Number(value.slice(1))]) : value);
    const response = await fetch(await signedRequest(name, filled, { ...CREDENTIALS, now: Date.now(), origin }));
    const text = await response.text();
    const body = text ? JSON.parse(text) : {};
    if (body.nextToken) next = body.nextToken;
    if (name === 'createChannel') channels.push(body.channel.arn);
    if (response.ok) return { status: response.status, body: normal(body) };
    const { message, exceptionMessage, __type } = body;
    return {
      status: response.status,
      code: (response.headers.get('x-amzn-errortype') ?? __type).split('#').pop(),
      text: normal(exceptionMessage ?? message),
    };
  };
}

await runMain(async () => {
  const { check, finish } = checks('the local endpoint and moto');
  const [moto, ours] = await Promise.all([startMoto(), startServer()]);
  const [callMoto, callOurs] = [makeCaller(moto.url), makeCaller(ours.url)];
  for (const [i, [name, input]] of CALLS.entries()) {
    await check(`${i + 1}. ${name} ${JSON.stringify(input)}`, async () => {
      const [there, here] = [await callMoto(name, input), await callOurs(name, input)];
      ok(there.status < 500, `moto failed: ${JSON.stringify(there)}`);
      equal(here, CORRECTIONS[name]?.(there) ?? there, 'ours against moto’s');
    });
  }
  await ours.close();
  return finish();
});
