// @ts-check
// The example of a Worker in Rust, in workerd: it creates channels at the local endpoint and lists them. And the example
// of a page, of which this only checks that it builds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, tool } from '../harness/project.mjs';
import { run, scratchFolder } from '../harness/scratch.mjs';
import { atEnd } from '../harness/cleanup.mjs';
import { newestDate, OLD_DATE } from '../harness/workerd.mjs';
import { startServer } from '../../js/mock/server.js';

const WASM = join(ROOT, 'js/scripts/wasm');
const EXAMPLES = join(ROOT, 'target/wasm/wasm32-unknown-unknown/debug/examples');

let passed = 0;
let failed = 0;

/** @param {string} name @param {boolean} holds @param {unknown} shown */
function check(name, holds, shown) {
  holds ? passed++ : failed++;
  console.log(`  ${holds ? 'ok  ' : 'FAIL'}  ${name}${holds ? '' : `\n${JSON.stringify(shown)}`}`);
}

const options = { cwd: ROOT, timeout: 600_000 };
await run(WASM, ['cargo', 'build', '--locked', '--quiet', '--target', 'wasm32-unknown-unknown', '--example', 'rust_worker', '--example', 'page'], options);
const folder = scratchFolder('rust-worker');
for (const name of ['rust_worker', 'page']) {
  await run(WASM, ['wasm-bindgen', join(EXAMPLES, `${name}.wasm`), '--target', 'bundler', '--out-dir', folder], options);
}
const exported = readFileSync(join(folder, 'rust_worker.d.ts'), 'utf8');
check('the module exports the Worker and not the class of the npm package', /function handle\(/.test(exported) && !/class/.test(exported.replace('class Env', '')), exported);
check('the example of a page exports its functions', /function watch\([\s\S]*function viewers\(|function viewers\([\s\S]*function watch\(/.test(readFileSync(join(folder, 'page.d.ts'), 'utf8')), folder);

const { Miniflare } = await tool('miniflare');
for (const date of [OLD_DATE, await newestDate()]) {
  const server = await startServer({ seed: 'rust-worker' });
  const read = (/** @type {string} */ name) => readFileSync(name);
  const worker = new Miniflare({
    cf: false,
    compatibilityDate: date,
    bindings: {
      AWS_ACCESS_KEY_ID: server.credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
      AWS_REGION: 'us-west-2', IVS_ENDPOINT: server.url,
    },
    modules: [
      { type: 'ESModule', path: 'worker.js', contents: read(join(ROOT, 'tests/rust-worker/worker.js')) },
      { type: 'ESModule', path: 'rust_worker_bg.js', contents: read(join(folder, 'rust_worker_bg.js')) },
      { type: 'CompiledWasm', path: 'rust_worker_bg.wasm', contents: read(join(folder, 'rust_worker_bg.wasm')) },
    ],
  });
  atEnd(() => worker.dispose());
  const call = async (/** @type {string} */ method, path = '/') => {
    const reply = await worker.dispatchFetch(`http://worker${path}`, { method });
    return { status: reply.status, text: await reply.text() };
  };
  const first = await call('GET');
  check(`${date}: no channels yet`, first.status === 200 && first.text === '[]', first);
  const made = await Promise.all(['a', 'b', 'c'].map((name) => call('POST', `/?name=${name}`)));
  check(`${date}: three are created at a time`, made.every(({ status }) => status === 200) && JSON.parse(made[0].text).name === 'a', made);
  const listed = await call('GET');
  check(`${date}: and listed`, JSON.parse(listed.text).map((/** @type {any} */ { name }) => name).sort().join() === 'a,b,c', listed);
  const refused = await call('POST', `/?name=${encodeURIComponent('no spaces')}`);
  check(`${date}: an error of the service keeps its status and text`, refused.status === 400 && /^ValidationException: \S/.test(refused.text), refused);
  await worker.dispose();
  await server.close();
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
