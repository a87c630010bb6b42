// @ts-check
// What stands between an application and its client: Vue keeps what a component holds behind proxies, and some applications make their own.
import assert from 'node:assert/strict';
import { addText } from '../harness/install.mjs';
import { runInCommand } from '../harness/scenario.mjs';

const VUE = new URL('node_modules/@vue/reactivity/dist/reactivity.esm-bundler.js', import.meta.url).href;
const HEAD = `import { IVS } from 'ivs-wasm';
  import AWS from 'ivs-wasm/v2';
  import { reactive } from '@vue/reactivity';
  const behind = {
    Vue: (held) => reactive({ held }).held,
    // Hands itself on as what methods are called on, as instrumentation does.
    'a plain proxy': (held) => new Proxy(held, { get: (target, key, receiver) => Reflect.get(target, key, receiver) }),
  };`;

/** What an application does with a client or a request that is behind a proxy; each gives what the answer has. @type {Record<string, string>} */
const USES = {
  'IVS, a call': 'wrap(new IVS(options)).listChannels()',
  'IVS, parameters': "wrap(new IVS(options)).createChannel(wrap({ name: 'proxied', tags: { a: 'b' } })).then(({ channel }) => ({ channels: channel.tags.a === 'b' ? [] : undefined }))",
  'IVS, pages': 'wrap(new IVS(options)).paginateListChannels()[Symbol.asyncIterator]().next().then(({ value }) => value)',
  'IVS, sign': "wrap(new IVS(options)).sign('listChannels').then(({ url }) => ({ channels: url.endsWith('/ListChannels') ? [] : undefined }))",
  'AWS.IVS': 'wrap(new AWS.IVS(options)).listChannels().promise()',
  'AWS.Request, promise()': 'wrap(new AWS.IVS(options).listChannels()).promise()',
  'AWS.Request, await': 'wrap(new AWS.IVS(options).listChannels())',
  'AWS.Request, send()': 'new Promise((resolve, reject) => wrap(new AWS.IVS(options).listChannels()).send((error, data) => (error ? reject(error) : resolve(data))))',
  'AWS.Request, listeners': "new Promise((resolve, reject) => wrap(new AWS.IVS(options).listChannels()).on('success', ({ data }) => resolve(data)).on('error', reject).send())",
  'AWS.Request, eachPage()': 'new Promise((resolve, reject) => wrap(new AWS.IVS(options).listChannels()).eachPage((error, data) => (error ? reject(error) : data && resolve(data))))',
  'AWS.Request, abort()': `new Promise((resolve) => {
    const request = wrap(new AWS.IVS({ ...options, endpoint: 'http://127.0.0.1:9' }).listChannels());
    request.send((error) => resolve({ channels: error?.code === 'RequestAbortedError' ? [] : undefined }));
    request.abort();
  })`,
  'AWS.Credentials': "new Promise((resolve, reject) => wrap(new AWS.Credentials('a', 'b')).get((error) => (error ? reject(error) : resolve({ channels: [] }))))",
};

/**
 * @param {(name: string, body: () => Promise<void>) => Promise<unknown>} check
 * @param {string} folder the user's project
 * @param {{endpoint: string, region: string, credentials: object}} options
 */
export async function checkProxies(check, folder, options) {
  const uses = Object.entries(USES).map(([name, use]) => `${JSON.stringify(name)}: (wrap, options) => ${use}`);
  addText(folder, 'proxies.mjs', `${HEAD.replace('@vue/reactivity', VUE)}
    const uses = { ${uses.join(',\n')} };
    export default async ({ how, use, options }) => ({ channels: Array.isArray((await uses[use](behind[how], options)).channels) });`);
  for (const how of ['Vue', 'a plain proxy']) {
    await check(`a client and its requests behind ${how}`, async () => {
      for (const use of Object.keys(USES)) {
        assert.deepEqual(await runInCommand(folder, 'proxies.mjs', { how, use, options }, {}), { channels: true }, use);
      }
    });
  }
}
