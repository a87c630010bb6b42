// @ts-check
import { tool } from '../../harness/project.mjs';
import { project, toolOf, versionOf } from '../project.mjs';

const folder = () => project('runners');
const versions = async () => `edge-runtime ${versionOf(await folder(), 'edge-runtime')}`;

/** @param {string} imports @param {import('esbuild').BuildOptions} [options] what the user adds */
const bundled = (imports, options) => async (/** @type {object} */ input) => {
  const root = await folder();
  const esbuild = await tool('esbuild');
  const contents = `${imports}
    const answer = async (request) => {
      const { name, ...options } = await request.json();
      const { channel } = await new IVS(options).createChannel({ name });
      return { arn: channel.arn, name: channel.name };
    };
    addEventListener('fetch', (event) => event.respondWith(answer(event.request).then(Response.json, (error) => new Response(error, { status: 500 }))));`;
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: root }, bundle: true, platform: 'browser', target: 'es2022', format: 'iife', write: false, logLevel: 'silent', ...options,
  });
  const { EdgeRuntime } = await toolOf(root, 'edge-runtime');
  const response = await new EdgeRuntime({ initialCode: outputFiles[0].text }).dispatchFetch('http://edge/', { method: 'POST', body: JSON.stringify(input) });
  await response.waitUntil();
  if (!response.ok) throw new Error(await response.text());
  return response.json();
};

const SLIM = "import { IVS, provide } from 'ivs-wasm/slim'; import wasm from 'ivs-wasm/ivs.wasm'; provide(wasm);";

export default [
  { title: 'edge-runtime, `ivs-wasm/slim`', group: 'frameworks', versions, how: "esbuild `--loader:.wasm=binary --target=es2022`; `import wasm from 'ivs-wasm/ivs.wasm'; provide(wasm)`",
    run: bundled(SLIM, { loader: { '.wasm': 'binary' } }) },
  { title: 'edge-runtime', group: 'frameworks', versions, how: 'bundled by esbuild as for a browser', refused: /DecompressionStream/,
    run: (/** @type {object} */ input) => bundled("import { IVS } from 'ivs-wasm';")(input).catch(String),
    says: 'does not work: it has no `DecompressionStream`; use `ivs-wasm/slim` as in the row above' },
];
