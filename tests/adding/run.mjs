// @ts-check
// docs/adding-an-operation.md, done: what the page adds to the facts file is added in a copy of the project, the commands
// that it names are run, and the new operation is called with the package that comes out.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checks } from '../harness/checks.mjs';
import { cleanUp } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { PACKAGE, ROOT, toolPath } from '../harness/project.mjs';
import { run } from '../harness/scratch.mjs';
import { copyProject, write } from './copy.mjs';

const COPY = join(ROOT, 'target/adding');
const FACTS = join(COPY, 'src/model/ivs.json');
const ARN = 'arn:aws:ivs:us-west-2:123456789012:channel/abcdefgh';

const { check, finish } = checks('Adding an operation, as the page says');
/** @param {string} script @param {string[]} args */
const script = (script, ...args) => run(process.execPath, [join(COPY, 'js/scripts', script), ...args], { cwd: COPY, timeout: 900_000 });

/** The parts of the facts file that the page shows, by their keys. */
function additions() {
  const page = readFileSync(join(ROOT, 'docs/adding-an-operation.md'), 'utf8');
  return [...page.matchAll(/^ *```json\n([\s\S]*?)^ *```/gm)].map(([, text]) => JSON.parse(`{${text}}`));
}

await check('the page has an operation and its shapes', async () => {
  await copyProject(ROOT, COPY);
  const facts = JSON.parse(readFileSync(FACTS, 'utf8'));
  const parts = additions();
  const keys = parts.flatMap((part) => Object.keys(part));
  if (keys.join() !== 'operations,shapes') throw new Error(`it shows ${keys.join()}`);
  for (const part of parts) for (const [key, added] of Object.entries(part)) Object.assign(facts[key], added);
  write(FACTS, `${JSON.stringify(facts, null, 1)}\n`);
});
await check('make generate', async () => {
  await script('generate.mjs');
  const declarations = readFileSync(join(COPY, 'js/types/ivs.d.ts'), 'utf8');
  const reference = readFileSync(join(COPY, 'docs/reference/README.md'), 'utf8');
  if (!declarations.includes('getWeather(params: IVS.GetWeatherRequest')) throw new Error('not declared');
  if (!reference.includes('#getweather')) throw new Error('not in the reference');
});
const packed = await check('make pack', async () => {
  await script('build.mjs');
  await script('pack.mjs');
  return true;
});
if (packed) await useIt();
await cleanUp();
process.exitCode = finish();

/** Installs the package with the new operation and calls it. */
async function useIt() {
  process.env.IVS_WASM_TARBALL = join(COPY, `pkg/${PACKAGE.name}-${PACKAGE.version}.tgz`);
  const user = await installPackage({ name: 'adding', text: { 'library.mjs': "export * from 'ivs-wasm';\n" } });
  const { IVS } = await import(pathToFileURL(join(user, 'library.mjs')).href);
  /** @type {{ url: string, init: any }[]} */
  const sent = [];
  const ivs = new IVS({
    region: 'us-west-2',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    fetch: async (/** @type {string} */ url, /** @type {any} */ init) => {
      sent.push({ url: String(url), init });
      return new Response('{"degrees":21,"unknown":true}', { headers: { 'content-type': 'application/json' } });
    },
  });

  await check('the new method sends, signed, and reads the answer', async () => {
    const result = await ivs.getWeather({ arn: ARN });
    if (JSON.stringify(result) !== '{"degrees":21}') throw new Error(JSON.stringify(result));
    const [{ url, init }] = sent;
    const authorization = new Headers(init.headers).get('authorization') ?? '';
    if (url !== 'https://ivs.us-west-2.amazonaws.com/GetWeather') throw new Error(url);
    if (!/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-west-2\/ivs\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/.test(authorization)) throw new Error(authorization);
    if (new TextDecoder().decode(await new Response(init.body).arrayBuffer()) !== JSON.stringify({ arn: ARN })) throw new Error('another body');
  });
  await check('the new method checks its parameters', async () => {
    const code = await ivs.getWeather({}).then(() => 'none', (/** @type {any} */ error) => error.code);
    if (code !== 'MissingRequiredParameter') throw new Error(code);
    if (sent.length !== 1) throw new Error('it was sent');
  });
  await check('the new method is declared', async () => {
    write(join(user, 'use.mts'), `import { IVS } from 'ivs-wasm';
export const degrees: Promise<number | undefined> = new IVS().getWeather({ arn: 'x' }).then((result) => result.degrees);
// @ts-expect-error required
new IVS().getWeather({});
`);
    await run(process.execPath, [join(toolPath('typescript'), '../../bin/tsc'), '--noEmit', '--strict', '--module', 'node16',
      '--lib', 'es2022,dom,dom.iterable', 'use.mts'], { cwd: user });
  });
}
