// @ts-check
// Importing does nothing, anywhere; what is missing is told by the first call.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { run } from '../harness/scratch.mjs';
import { runInWorkerd } from '../harness/workerd.mjs';
import { project } from './library.mjs';

const OPTIONS = "region: 'us-west-2', credentials: { accessKeyId: 'AKID', secretAccessKey: 's' }, maxRetries: 0";
const CALL = "getChannel({ arn: 'arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh' })";
const STUB = `const fetch = async () => new Response('{"channel":{"name":"n"}}');`;
const TELL = `.then((data) => 'ok ' + data.channel.name, (error) => error.name + ': ' + error.message + ' | ' + error.hint)`;

/** Programs: what is taken away before the import, and what the first call must say. @type {Record<string, { before: string, after?: string, args?: string[], options?: string, says: RegExp }>} */
const WORLDS = {
  'nothing missing': { before: '', says: /^ok n$/ },
  'no process': { before: 'delete globalThis.process;', says: /^ok n$/ },
  'no fetch at all': { before: 'delete globalThis.fetch;', options: '', says: /ConfigError: .*no fetch.*`fetch`/ },
  'no AbortController': { before: 'delete globalThis.AbortController; delete globalThis.AbortSignal;', says: /ConfigError: .*AbortController/ },
  'no timers': { before: 'delete globalThis.setTimeout;', says: /ConfigError: .*timers/ },
  'no TextDecoder': { before: 'delete globalThis.TextDecoder;', says: /LoadError: .*TextDecoder.* \| There is no TextDecoder here: use a newer runtime/ },
  'no TextEncoder': { before: 'delete globalThis.TextEncoder;', says: /LoadError: .*TextEncoder.* \| There is no TextEncoder here: use a newer runtime/ },
  'no DecompressionStream': {
    before: 'delete globalThis.DecompressionStream; process.getBuiltinModule = undefined;',
    says: /LoadError: .*DecompressionStream.* \| There is no DecompressionStream here: import ivs-wasm\/slim and provide\(\) the WebAssembly/,
  },
  'no DecompressionStream, but node:zlib': { before: 'delete globalThis.DecompressionStream;', says: /^ok n$/ },
  'no WebAssembly': { before: 'await new Promise((resolve) => setTimeout(resolve, 100)); delete globalThis.WebAssembly;', says: /LoadError: .*WebAssembly is not defined \| There is no WebAssembly here: use a newer runtime/ },
  'what jsdom lacks': {
    before: 'process.getBuiltinModule = undefined; for (const name of ["TextDecoder", "TextEncoder", "DecompressionStream"]) delete globalThis[name];',
    says: /LoadError: .*is not defined \| There is no TextDecoder here/,
  },
  'WebAssembly forbidden by a policy': { before: 'WebAssembly.compile = async () => { throw new Error("Wasm code generation disallowed by embedder"); };', says: /LoadError: .*disallowed by embedder \| Allow WebAssembly: add 'wasm-unsafe-eval'/ },
  'no FinalizationRegistry': { before: 'delete globalThis.FinalizationRegistry;', says: /^ok n$/ },
  'no crypto, no performance': { before: 'delete globalThis.crypto; delete globalThis.performance;', says: /^ok n$/ },
  'frozen intrinsics': { before: '', args: ['--frozen-intrinsics'], says: /^ok n$/ },
  'frozen by hand': {
    before: 'for (const one of [Object, Array, Function, Error, Promise, Date, String, JSON, Math, Map, Set]) { Object.freeze(one); if (one.prototype) Object.freeze(one.prototype); }', says: /^ok n$/,
  },
  'Array.prototype with members of its own': { before: 'Array.prototype.extra = 1;', says: /^ok n$/ },
  'no code from texts': { before: '', args: ['--disallow-code-generation-from-strings'], says: /^ok n$/ },
  'deprecations are errors': { before: '', args: ['--throw-deprecation', '--unhandled-rejections=strict'], says: /^ok n$/ },
};

await runMain(async () => {
  const { check, finish } = checks('Import hygiene');
  const folder = await project();

  for (const [name, { before, args = ['--no-warnings'], options = 'fetch, ', says }] of Object.entries(WORLDS)) {
    await check(name, async () => {
      writeFileSync(join(folder, 'world.mjs'), `const print = console.log;
        // What the runtime itself loads at its first Response is not the library's business.
        await new Response('x').text(); new Request('http://x/');
        ${before}
        const before = Object.getOwnPropertyNames(globalThis).join();
        const { IVS } = await import('ivs-wasm');
        if (Object.getOwnPropertyNames(globalThis).join() !== before) print('the import changed the global scope');
        ${STUB}
        print(await new IVS({ ${options}${OPTIONS} }).${CALL}${TELL});\n`);
      const { stdout, stderr } = await run(process.execPath, [...args, 'world.mjs'], { cwd: folder });
      assert.match(stdout.trim(), says, stderr);
    });
  }

  await check('an import keeps no process alive and starts nothing', async () => {
    writeFileSync(join(folder, 'quiet.mjs'), `const seen = [];
      for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch']) { const own = globalThis[name]; globalThis[name] = (...args) => (seen.push(name), own(...args)); }
      const random = Math.random; Math.random = () => (seen.push('random'), random());
      for (const name of ['compile', 'instantiate', 'Module', 'Instance']) { const own = WebAssembly[name]; WebAssembly[name] = function (...args) { seen.push(name); return new.target ? new own(...args) : own(...args); }; }
      const { IVS } = await import('ivs-wasm');
      new IVS({ ${OPTIONS} });
      console.log(JSON.stringify(seen), process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate|TCP/.test(name)).length);\n`);
    const { stdout } = await run(process.execPath, ['quiet.mjs'], { cwd: folder });
    assert.equal(stdout.trim(), '[] 0');
  });

  await check('imports and makes a client in the global scope of a Worker', async () => {
    writeFileSync(join(folder, 'global.mjs'), `import { IVS } from 'ivs-wasm';
      ${STUB}
      const ivs = new IVS({ fetch, ${OPTIONS} });
      export default () => ivs.${CALL}${TELL};\n`);
    for (const compatibilityDate of ['2024-01-01', undefined]) {
      assert.equal(await runInWorkerd(folder, 'global.mjs', {}, { compatibilityDate }), 'ok n');
    }
  });
  return finish();
});
