// @ts-check
// ivs-wasm/slim: the application hands over the wasm, in each form that provide() takes, and is told when it cannot be used.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { runPage } from '../harness/chromium.mjs';
import { addText } from '../harness/install.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { runInWorkerd } from '../harness/workerd.mjs';
import { importMap } from './ways.mjs';

const CALL = `const { IVS, provide } = library;
  const call = (options) => new IVS(options).listChannels({}).then(({ channels }) => ({ channels: channels.length }), (error) => ({ code: error.code, text: error.message }));`;

// What an application writes, by what it has. `place` is the file, or its address.
const FORMS = {
  'bytes that are read from disk': "provide(() => readFile(place));",
  'an ArrayBuffer': 'const bytes = await readFile(place); provide(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));',
  'a compiled Module': 'provide(new WebAssembly.Module(await readFile(place)));',
  'a promise of a Module': 'provide(readFile(place).then((bytes) => WebAssembly.compile(bytes)));',
  'a URL': 'provide(new URL(served));',
  'a URL as text': 'provide(served);',
  'a URL whose file the server calls something else': "provide(served + '?as=application/octet-stream');",
  'a Response': 'provide(await fetch(served));',
  'a function that fetches': 'provide(() => fetch(served));',
};
const REFUSALS = {
  'no provide': ['', /no wasm was given.*provide/],
  'an address that does not answer': ["provide('http://127.0.0.1:9/ivs.wasm');", /127\.0\.0\.1:9\/ivs\.wasm could not be fetched/],
  'an address where there is nothing': ["provide(served + '?status=404');", /answered 404/],
  'a function that fails': ["provide(() => { throw new Error('no disk'); });", /what provide\(\) was given failed: Error: no disk/],
  'a promise that fails': ["provide(() => Promise.reject(new Error('no disk')));", /what provide\(\) was given failed: Error: no disk/],
  'a file that is no WebAssembly': "provide(new Uint8Array([1, 2, 3]));",
  'something else': ['provide(7);', /provide\(\) takes a URL, a Response, a WebAssembly.Module or bytes, not number/],
};

/**
 * @param {(name: string, body: () => Promise<void>) => Promise<unknown>} check
 * @param {string} folder the user's project
 * @param {{endpoint: string, region: string, credentials: object}} options
 */
export async function checkSlim(check, folder, options) {
  const place = join(folder, 'node_modules/ivs-wasm/ivs.wasm');
  const server = await serveWasm(readFileSync(place));
  /** @param {string} provide @param {string} [file] */
  const inNode = (provide, file = 'slim.mjs') => {
    const es = file.endsWith('.mjs');
    const load = es ? "import * as library from 'ivs-wasm/slim';\nimport { readFile } from 'node:fs/promises';"
      : "const library = require('ivs-wasm/slim');\nconst { readFile } = require('node:fs/promises');";
    addText(folder, file, `${load}\n${CALL}
      ${es ? 'export default' : 'module.exports ='} async ({ place, served, ...options }) => { ${provide}\n return call(options); };`);
    return runInCommand(folder, file, { ...options, place, served: server.url });
  };
  for (const [name, provide] of Object.entries(FORMS)) {
    await check(`slim, Node: ${name}`, async () => assert.ok((await inNode(provide)).channels > 0));
  }
  await check('slim, Node, require', async () => assert.ok((await inNode(FORMS['bytes that are read from disk'], 'slim.cjs')).channels > 0));
  for (const [name, refusal] of Object.entries(REFUSALS)) {
    const [provide, text] = Array.isArray(refusal) ? refusal : [refusal, /./];
    await check(`slim, Node: ${name}: one clear error`, async () => {
      const result = await inNode(/** @type {string} */ (provide));
      assert.equal(result.code, 'LoadError', JSON.stringify(result));
      assert.match(result.text, /** @type {RegExp} */ (text));
    });
  }
  await check('slim, Node: works after a failed load', async () => {
    assert.ok((await inNode("let first = true; provide(() => first ? (first = false, fetch(served + '?status=503')) : fetch(served)); await call(options);")).channels > 0);
  });

  writeFileSync(join(folder, 'slim-page.mjs'), `import * as library from 'ivs-wasm/slim';\n${CALL}
    export default (options) => { provide('/node_modules/ivs-wasm/ivs.wasm'); return call(options); };`);
  await check('slim, Chromium, no bundler: the wasm by its address, compiled while it downloads', async () => {
    /** @type {string[]} */
    const requests = [];
    assert.ok((await runPage(folder, '/slim-page.mjs', options, { html: importMap(folder), requests })).channels > 0);
    assert.equal(requests.filter((url) => url.endsWith('/ivs.wasm')).length, 1, 'one download');
    assert.ok(!requests.some((url) => /wasm\.c?js$/.test(url)), 'and not the form inside JavaScript');
  });
  writeFileSync(join(folder, 'slim-integrity.mjs'), `import * as library from 'ivs-wasm/slim';\n${CALL}
    export default ({ integrity, ...options }) => {
      provide(() => fetch('/node_modules/ivs-wasm/ivs.wasm', { integrity }));
      return call(options);
    };`);
  const integrity = `sha384-${createHash('sha384').update(readFileSync(place)).digest('base64')}`;
  await check('slim, Chromium: the wasm held to its hash', async () => {
    assert.ok((await runPage(folder, '/slim-integrity.mjs', { ...options, integrity }, { html: importMap(folder) })).channels > 0);
  });
  await check('slim, Chromium: another hash is refused', async () => {
    const wrong = `sha384-${createHash('sha384').update('another file').digest('base64')}`;
    const { code, text } = await runPage(folder, '/slim-integrity.mjs', { ...options, integrity: wrong }, { html: importMap(folder) });
    assert.equal(code, 'LoadError');
    assert.match(text, /what provide\(\) was given failed/);
  });
  addText(folder, 'slim-worker.mjs', `import * as library from 'ivs-wasm/slim';\nimport wasm from 'ivs-wasm/ivs.wasm';\n${CALL}
    provide(wasm);\nexport default call;`);
  await check('slim, workerd: the imported Module', async () => {
    assert.ok((await runInWorkerd(folder, 'slim-worker.mjs', options)).channels > 0);
  });
  await server.stop();
}

/** Serves the wasm at any path; the query changes the type or the status. @param {Buffer} wasm */
async function serveWasm(wasm) {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    response.writeHead(Number(searchParams.get('status') ?? 200), { 'content-type': searchParams.get('as') ?? 'application/wasm' });
    response.end(wasm);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/ivs.wasm`,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
