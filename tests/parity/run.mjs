// @ts-check
// The same random scenarios through aws-sdk and through ours, on one loopback server. Environment: SEED, COUNT (4000), SHOW (10),
// V2 (another file in place of pkg/v2.js).
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { differences, wire } from './compare.mjs';
import { DEVIATIONS } from './deviations.mjs';
import { play } from './play.mjs';
import { random } from './random.mjs';
import { scenario } from './scenario.mjs';
import { close, listen, open, stop } from './server.mjs';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
for (const name of Object.keys(process.env)) if (/^(AWS|AMAZON)_(?!SDK_JS_SUPPRESS)/.test(name)) delete process.env[name];
const sdk = createRequire(new URL('../../js/package.json', import.meta.url))('aws-sdk');
const own = process.env.V2 ? pathToFileURL(process.env.V2).href : new URL('../../pkg/v2.js', import.meta.url).href;
const { default: ours } = await import(own);

// Fixed unless asked for: a run that fails by chance hides those that fail for a reason. SEED=random looks elsewhere.
const seed = process.env.SEED === 'random' ? Date.now() % 1e9 : Number(process.env.SEED ?? 370758196);
const count = Number(process.env.COUNT ?? 4000);
const only = process.env.ONLY ? Number(process.env.ONLY) : undefined;
const show = Number(process.env.SHOW ?? 10);
const PATIENCE = 8000;
const AT_ONCE = 24;

console.log(`parity: ${count} scenarios, SEED=${seed}`);
const base = await listen();
/** @type {Map<string, number>} */
const used = new Map();
let [passed, failed] = [0, 0];

/** Nothing that a scenario's callbacks and listeners do escapes, so what does is a mistake of ours. */
process.on('uncaughtException', (error) => {
  failed++;
  console.log('FAIL uncaught:', error);
});

/** @param {Promise<any>} promise */
const within = (promise) => Promise.race([promise.then(() => false), new Promise((resolve) => setTimeout(resolve, PATIENCE, true).unref())]);

/** @param {any} AWS @param {number} i @param {string} whose */
async function one(AWS, i, whose) {
  const scene = scenario(random(seed * 31 + i));
  const name = `${whose}${i}`;
  const stage = { replies: [...scene.replies], seen: /** @type {any[]} */ ([]) };
  open(name, stage);
  let got;
  try {
    got = await play(AWS, scene, `${base}/${name}`, within);
  } catch (error) {
    got = { thrown: String(error) };
  }
  close(name);
  return { scene, got: { ...got, wire: stage.seen.map((request) => wire(request, scene)) } };
}

/** @param {number} i */
async function compare(i) {
  const [a, b] = await Promise.all([one(sdk, i, 's'), one(ours, i, 'o')]);
  const run = { scene: a.scene, v2: a.got, ours: b.got };
  const left = differences(a.got, b.got).filter((difference) => {
    const deviation = DEVIATIONS.find(({ allows }) => allows(difference, run));
    if (deviation) used.set(deviation.id, (used.get(deviation.id) ?? 0) + 1);
    return !deviation;
  });
  if (!left.length) return void passed++;
  failed++;
  if (failed > show) return;
  const { operation, params, style, habit, options, replies } = a.scene;
  console.log(`FAIL scenario ${i}: ${operation} (${style}${habit ? `, ${habit}` : ''})`);
  for (const { path, v2, ours: mine } of left.slice(0, 6)) console.log(`  ${path}\n    v2:   ${print(v2)}\n    ours: ${print(mine)}`);
  console.log(`  params ${print(params)}\n  options ${print(options)}\n  replies ${replies.slice(0, 3).map((one) => `${one.lost ? 'lost' : one.status} ${print(one.headers)} ${one.body.slice(0, 200)}`).join('\n          ')}`);
}

/** @param {any} value */
function print(value) {
  try {
    return (JSON.stringify(value, (_, own) => (typeof own === 'bigint' || typeof own === 'function' || typeof own === 'symbol' ? String(own) : own)) ?? 'undefined').slice(0, 600);
  } catch {
    return String(value);
  }
}

const queue = only === undefined ? Array.from({ length: count }, (_, i) => i) : [only];
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let i; (i = queue.shift()) !== undefined;) {
    await compare(i);
    if ((passed + failed) % 500 === 0) console.log(`parity: ${passed + failed} done, ${failed} failed`);
  }
}));
stop();

for (const { id, why } of DEVIATIONS) {
  const times = used.get(id) ?? 0;
  console.log(`deviation ${String(times).padStart(6)} × ${id}: ${why}`);
  if (!times && only === undefined && count >= 3000) {
    failed++;
    console.log(`FAIL the deviation ${id} did not occur`);
  }
}
console.log(`parity: SEED=${seed}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
