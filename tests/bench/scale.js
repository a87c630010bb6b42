// @ts-check
// What grows, and how: calls in flight, calls made, clients, bodies, lists. Runs in Node with --expose-gc.
import { contenders } from '#contenders';
import { metadata, streams } from './cases.js';
import { median } from './rounds.js';
import { world } from './world.js';

const { gc } = /** @type {any} */ (globalThis);
/** The library's own memory, seen as the loader makes the instance. @type {WebAssembly.Memory | undefined} */
let memory;
const { Instance } = WebAssembly;
WebAssembly.Instance = /** @type {any} */ (new Proxy(Instance, {
  construct(target, args) {
    const instance = Reflect.construct(target, args);
    memory = /** @type {any} */ (Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory)) ?? memory;
    return instance;
  },
}));

/** @param {{ calls: number, rounds: number }} how */
export default async function scale({ calls, rounds }) {
  globalThis.fetch = /** @type {any} */ (world.fetch);
  const able = contenders.filter(({ name }) => name !== 'unsigned fetch');
  const result = { inFlight: {}, calls: {}, clients: {}, body: {}, list: {} };
  for (const contender of able) {
    world.answer(204);
    const { name } = contender;
    const { call } = contender.make();
    const small = metadata(300);
    for (let i = 0; i < 2000; i++) await call('putMetadata', small);
    result.inFlight[name] = await inFlight(() => call('putMetadata', small), rounds);
    result.calls[name] = await many(() => call('putMetadata', small), name === 'ivs-wasm' ? calls : calls / 50);
    result.clients[name] = await clients(contender);
    result.body[name] = await growth([1, 4, 16, 64, 256, 1024], rounds, (kib) => {
      const params = metadata(kib * 1024);
      return () => call('putMetadata', params);
    });
    result.list[name] = await growth([1, 10, 100, 1000], rounds, (count) => {
      const value = streams(count);
      return () => {
        world.answer(200, value);
        return call('listStreams', {});
      };
    });
    world.answer(204);
  }
  return result;
}

/** µs a call when so many are started before the first is answered; bytes that each one holds meanwhile. @param {() => Promise<unknown>} call @param {number} rounds */
async function inFlight(call, rounds) {
  const result = {};
  for (const count of [1, 100, 10_000]) {
    const times = [];
    let held = 0;
    for (let round = 0; round < (count === 10_000 ? Math.min(rounds, 5) : rounds); round++) {
      let open = () => {};
      world.gate = new Promise((resolve) => (open = () => resolve(undefined)));
      const weigh = count === 10_000 && round === 0;
      if (weigh) gc();
      const before = weigh ? used() : 0;
      const start = performance.now();
      const pending = Array.from({ length: count }, call);
      let paused = 0;
      if (weigh) {
        const pause = performance.now();
        // Every call has reached the transport, and nothing is left but what waits.
        while (world.requests % count) await new Promise((resolve) => setTimeout(resolve, 1));
        await new Promise((resolve) => setTimeout(resolve, 20));
        gc();
        held = (used() - before) / count;
        paused = performance.now() - pause;
      }
      open();
      await Promise.all(pending);
      times.push(1000 * (performance.now() - start - paused) / count);
      world.requests = 0;
    }
    result[count] = { min: Math.min(...times), median: median(times), ...(held ? { bytes: held } : {}) };
  }
  world.gate = undefined;
  return result;
}

/** µs a call in ten blocks of as many calls, and what memory has grown by after them. @param {() => Promise<unknown>} call @param {number} count */
async function many(call, count) {
  gc();
  const before = { heap: process.memoryUsage().heapUsed, wasm: memory?.buffer.byteLength ?? 0 };
  const blocks = [];
  for (let block = 0; block < 10; block++) {
    const start = performance.now();
    for (let i = 0; i < count / 10; i++) await call();
    blocks.push(1000 * (performance.now() - start) / (count / 10));
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  gc();
  return { count, first: blocks[0], last: blocks[9], heapGrowth: process.memoryUsage().heapUsed - before.heap, wasmGrowth: (memory?.buffer.byteLength ?? 0) - before.wasm };
}

/** Bytes of a client that has made a call, on top of the first; and what is left when they are gone. @param {any} contender */
async function clients(contender) {
  gc();
  const before = used();
  let list = Array.from({ length: 2000 }, () => contender.make());
  for (const client of list) await client.call('putMetadata', metadata(300));
  gc();
  const bytes = (used() - before) / list.length;
  list = [];
  await new Promise((resolve) => setTimeout(resolve, 50));
  gc();
  return { bytes, left: (used() - before) / 2000 };
}

const used = () => process.memoryUsage().heapUsed + (memory?.buffer.byteLength ?? 0);

/**
 * The least time for each size, the slope of the line through them in µs per unit, and how straight it is (r²).
 * @param {number[]} sizes
 * @param {number} rounds
 * @param {(size: number) => () => Promise<unknown>} make
 */
async function growth(sizes, rounds, make) {
  const points = [];
  for (const size of sizes) {
    const call = make(size);
    let least = Infinity;
    for (let round = 0; round < rounds + 3; round++) {
      const start = performance.now();
      for (let i = 0; i < 5; i++) await call();
      least = Math.min(least, (performance.now() - start) / 5);
    }
    points.push([size, 1000 * least]);
  }
  return { points, ...line(points) };
}

/** @param {number[][]} points */
function line(points) {
  const mean = (/** @type {number[]} */ list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [x, y] = [mean(points.map(([a]) => a)), mean(points.map(([, b]) => b))];
  const xy = mean(points.map(([a, b]) => (a - x) * (b - y)));
  const [xx, yy] = [mean(points.map(([a]) => (a - x) ** 2)), mean(points.map(([, b]) => (b - y) ** 2))];
  return { slope: xy / xx, straight: xy ** 2 / (xx * yy) };
}
