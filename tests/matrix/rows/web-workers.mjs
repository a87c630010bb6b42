// @ts-check
// Workers of pages. An import map does not reach into them, so without a bundler they import the module by its address.
import { join } from 'node:path';
import { addText, installPackage } from '../../harness/install.mjs';
import { chromium } from '../../harness/chromium.mjs';
import { tool } from '../../harness/project.mjs';
import { openBuilt } from '../page.mjs';

const versions = async () => `Chromium ${(await chromium()).version()}`;
const IVS = '/node_modules/ivs-wasm/index.js';
const SLIM = "import { IVS, provide } from '/node_modules/ivs-wasm/slim.js'; provide('/node_modules/ivs-wasm/ivs.wasm');";
const CALL = `const call = ({ name, ...options }) => new IVS(options).createChannel({ name })
  .then(({ channel }) => ({ arn: channel.arn, name: channel.name }), (error) => ({ error: String(error) }));`;

// What the page and its worker say to each other.
const WORKER = `${CALL}\nonmessage = async ({ data }) => postMessage(await call(data));`;
const SHARED = `${CALL}\nonconnect = ({ ports: [port] }) => { port.onmessage = async ({ data }) => port.postMessage(await call(data)); };`;
const SERVICE = `${CALL}\nonmessage = async ({ data, source }) => source.postMessage(await call(data));
  oninstall = () => skipWaiting(); onactivate = (event) => event.waitUntil(clients.claim());`;

const OPEN = {
  worker: "const port = new Worker('/worker.js', { type });",
  shared: "const { port } = new SharedWorker('/worker.js', { type }); port.start();",
  service: `await navigator.serviceWorker.register('/worker.js', { type, scope: '/' });
    const { active: port } = await navigator.serviceWorker.ready;`,
};

/** @param {keyof typeof OPEN} kind @param {string} script @param {'module' | 'classic'} [type] */
const inWorker = (kind, script, type = 'module') => async (/** @type {object} */ input) => {
  const folder = await installPackage({ name: kind, text: { 'worker.js': script } });
  if (type === 'classic') addText(folder, 'worker.js', await bundle(folder));
  const listen = kind === 'service' ? 'navigator.serviceWorker' : 'port';
  const html = `<!doctype html><link rel="icon" href="data:,"><script type="module">
    const type = '${type}';
    globalThis.outcome = (async () => {
      ${OPEN[kind]}
      const reply = await new Promise((resolve, reject) => {
        ${listen}.onmessage = ({ data }) => resolve(data);
        port.onerror = ({ message }) => reject(new Error(message ?? 'the worker did not start'));
        port.postMessage(JSON.parse(decodeURIComponent(location.hash.slice(1))));
      });
      if (reply.error) throw new Error(reply.error);
      return reply;
    })();</script>`;
  return openBuilt(folder, input, html);
};

/** One file, as bundlers make of a worker. @param {string} folder */
async function bundle(folder) {
  const esbuild = await tool('esbuild');
  const { outputFiles } = await esbuild.build({ entryPoints: [join(folder, 'worker.js')], bundle: true, format: 'iife', platform: 'browser', write: false, logLevel: 'silent' });
  return outputFiles[0].text;
}

/** @param {string} title @param {string} how @param {(input: any) => Promise<any>} run @param {object} [more] */
const row = (title, how, run, more) => ({ title, group: 'browsers', versions, how, run, ...more });
const importing = (/** @type {string} */ from) => `import { IVS } from '${from}';`;

export default [
  row('Web Worker, module', 'no bundler', inWorker('worker', `${importing(IVS)}\n${WORKER}`)),
  row('Web Worker, classic', 'bundled by esbuild', inWorker('worker', `${importing('ivs-wasm')}\n${WORKER}`, 'classic')),
  row('Shared worker, module', 'no bundler', inWorker('shared', `${importing(IVS)}\n${SHARED}`)),
  row('Service worker, classic', 'bundled by esbuild into one file', inWorker('service', `${importing('ivs-wasm')}\n${SERVICE}`, 'classic')),
  row('Service worker, module, `ivs-wasm/slim`', 'no bundler; `provide` with the address of the wasm', inWorker('service', `${SLIM}\n${SERVICE}`)),
  row('Service worker, module', 'no bundler', (input) => inWorker('service', `${importing(IVS)}\n${SERVICE}`)(input).catch(String), {
    refused: /import\(\) is disallowed on ServiceWorkerGlobalScope/, says: 'does not work: service workers forbid `import()`; bundle it into one file, or use `ivs-wasm/slim`' }),
];
