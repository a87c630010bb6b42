// @ts-check
// Cold start: nothing is loaded, nothing is compiled; the time until the first signed request reaches the transport.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '../harness/chromium.mjs';
import { atEnd } from '../harness/cleanup.mjs';
import { tool } from '../harness/project.mjs';
import { run, scratchFolder } from '../harness/scratch.mjs';
import { serveFolder } from '../harness/static.mjs';
import { newestDate } from '../harness/workerd.mjs';
import { bundleOne, contenderNames } from './bundle.mjs';
import { median } from './rounds.js';

/**
 * Milliseconds: `evaluated` until the module is there, `first` until the first request.
 * @typedef {{ name: string, evaluated?: number, first: number, firstMin: number, ratio: number }} Figures
 */

/** Does in a page or in Node what is timed: imports the contender and makes the first call. */
const FIRST = `
  const start = performance.now();
  const { make, world, metadata } = await import(MODULE);
  const evaluated = performance.now() - start;
  const first = await new Promise((resolve, reject) => {
    world.onRequest = () => resolve(performance.now() - start);
    globalThis.fetch = world.fetch;
    make().call('putMetadata', metadata(300)).catch(reject);
  });
  export default { evaluated, first };
`;

/** A fresh process each time. @param {number} rounds */
export async function coldNode(rounds) {
  const folder = scratchFolder('cold');
  return rank(rounds, async (name) => {
    const { text } = await bundleOne(name, 'node');
    writeFileSync(join(folder, `${name}.mjs`), text);
    const main = join(folder, `main-${name}.mjs`);
    writeFileSync(main, `${FIRST.replace('MODULE', `'./${name}.mjs'`).replace('export default', 'const result =')}
      process.stdout.write(JSON.stringify(result), () => process.exit(0));`);
    const env = { ...process.env, AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1' };
    return async () => JSON.parse((await run(process.execPath, ['--no-warnings', main], { env })).stdout);
  });
}

/** A fresh context of a running browser each time: no cached file, no cached code. @param {number} rounds @param {number} [throttle] how many times slower the processor is made */
export async function coldChromium(rounds, throttle = 1) {
  const site = scratchFolder('cold');
  const server = await serveFolder(site);
  return rank(rounds, async (name) => {
    // The wasm stays a chunk of its own, as in a page that a bundler built with code splitting.
    const { text } = await bundleOne(name, 'browser', { minify: true });
    mkdirSync(join(site, name));
    writeFileSync(join(site, name, 'bundle.js'), text);
    writeFileSync(join(site, name, 'main.js'), FIRST.replace('MODULE', "'./bundle.js'"));
    return async () => {
      const context = await (await chromium()).newContext();
      try {
        const page = await context.newPage();
        await page.goto(server.url);
        if (throttle > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: throttle });
        return await page.evaluate(async (path) => (await import(path)).default, `/${name}/main.js`);
      } finally {
        await context.close();
      }
    };
  });
}

/**
 * The Worker that loads others, each with an isolate of its own, and asks each one once. What they are made of it is sent before, for
 * in production that is where the isolate is, too.
 */
const LOADER = `
  const kept = new Map();
  export default { async fetch(request, env) {
    const { name, id, modules, date } = await request.json();
    if (modules) {
      const wasm = Object.entries(modules.wasm).map(([file, text]) => [file, { wasm: Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer }]);
      kept.set(name, { compatibilityDate: date, mainModule: 'main.js', modules: { 'main.js': modules.main, ...Object.fromEntries(wasm) } });
      return new Response('kept');
    }
    return env.LOADER.get(id, () => kept.get(name)).getEntrypoint().fetch('http://worker/');
  } };
`;
const WORKER = `
  export default { async fetch() {
    return new Response(await new Promise((resolve, reject) => {
      world.onRequest = () => resolve('signed');
      globalThis.fetch = world.fetch;
      make().call('putMetadata', metadata(300)).catch(reject);
    }));
  } };
`;
const EMPTY = 'export default { async fetch() { return new Response("signed"); } };';

/**
 * A fresh isolate each time, timed from outside, since clocks stand still inside; \`an empty Worker\` is what making an isolate
 * and asking it costs by itself, and is taken off.
 * @param {number} rounds
 */
export async function coldWorkerd(rounds) {
  const { Miniflare } = await tool('miniflare');
  const date = await newestDate();
  const miniflare = new Miniflare({
    cf: false, compatibilityDate: date, workerLoaders: { LOADER: {} }, modules: [{ type: 'ESModule', path: 'loader.js', contents: LOADER }],
  });
  atEnd(() => miniflare.dispose().catch(() => undefined));
  await miniflare.ready;
  let count = 0;
  const result = await rank(rounds, async (name) => {
    const { text, wasm } = name === EMPTY_NAME ? { text: EMPTY, wasm: new Map() } : await bundleOne(name, 'workerd', { minify: true });
    const main = name === EMPTY_NAME ? text : `${text.replace(/export\s*\{([^}]*)\};?\s*$/, (_, list) => exportsToNames(list))}\n${WORKER}`;
    const encoded = Object.fromEntries([...wasm].map(([file, bytes]) => [file, Buffer.from(bytes).toString('base64')]));
    /** @param {Record<string, unknown>} what @param {string} wanted */
    const ask = async (what, wanted) => {
      const start = performance.now();
      const reply = await miniflare.dispatchFetch('http://worker/', { method: 'POST', body: JSON.stringify({ name, ...what }) });
      const answer = await reply.text();
      if (answer !== wanted) throw new Error(`${name} in workerd: ${answer}`);
      return { first: performance.now() - start };
    };
    await ask({ date, modules: { main, wasm: encoded } }, 'kept');
    return () => ask({ id: `${name}-${count++}` }, 'signed');
  }, EMPTY_NAME);
  await miniflare.dispose().catch(() => undefined);
  return result;
}

const EMPTY_NAME = 'an empty Worker';

/** \`a as make, b as world\` as declarations. @param {string} list */
const exportsToNames = (list) =>
  list.split(',').map((one) => one.trim().split(/\s+as\s+/)).filter(([from, to]) => to && from !== to && ['make', 'world', 'metadata'].includes(to))
    .map(([from, to]) => `const ${to} = ${from};`).join('\n');

/** Contenders by their files. @type {Record<string, string>} */
const TITLES = { 'ivs-wasm-v2': 'ivs-wasm/v2', unsigned: 'unsigned fetch', 'aws-sdk-v2': 'aws-sdk v2', 'client-ivs': 'client-ivs v3' };

/**
 * @param {number} rounds
 * @param {(name: string) => Promise<() => Promise<{ evaluated?: number, first: number }>>} prepare
 * @param {string} [floor] what is measured first and taken off
 * @returns {Promise<Figures[]>}
 */
async function rank(rounds, prepare, floor) {
  const names = [...await contenderNames(), ...(floor ? [floor] : [])];
  const runs = [];
  for (const name of names) runs.push(await prepare(name));
  for (const once of runs) await once(); // the disk's cache is warm for all
  /** @type {{ evaluated?: number, first: number }[][]} */
  const times = names.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const which = (round + turn) % names.length;
      times[which].push(await runs[which]());
    }
  }
  const off = floor ? Math.min(...times[names.length - 1].map(({ first }) => first)) : 0;
  const firsts = times.map((list) => list.map(({ first }) => first - off));
  return names.map((name, which) => ({
    name: TITLES[name] ?? name,
    evaluated: times[which][0].evaluated === undefined ? undefined : median(times[which].map(({ evaluated }) => evaluated ?? 0)),
    first: median(firsts[which]),
    firstMin: Math.min(...firsts[which]),
    ratio: median(firsts[which].map((took, round) => took / firsts[0][round])),
  })).filter(({ name }) => name !== floor);
}
