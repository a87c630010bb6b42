// @ts-check
// Runs a module of this folder, whose default export takes and gives JSON, in one of the engines.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPage } from '../harness/chromium.mjs';
import { atEnd } from '../harness/cleanup.mjs';
import { tool } from '../harness/project.mjs';
import { run, scratchFolder } from '../harness/scratch.mjs';
import { newestDate } from '../harness/workerd.mjs';
import { bundle } from './bundle.mjs';

/** Half an hour: a run on a busy machine is slow, not broken. */
const PATIENCE = 1_800_000;

/** @param {string} file @param {unknown} input */
export async function inNode(file, input) {
  const folder = scratchFolder('node');
  const { text } = await bundle(`export { default } from './${file}';`, 'node');
  writeFileSync(join(folder, 'bench.mjs'), text);
  writeFileSync(join(folder, 'main.mjs'), `import main from './bench.mjs';
    const result = await main(JSON.parse(process.argv[2]));
    process.stdout.write(JSON.stringify(result), () => process.exit(0));`);
  const env = { ...process.env, AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1' };
  const { stdout } = await run(process.execPath, ['--expose-gc', '--no-warnings', 'main.mjs', JSON.stringify(input)], { cwd: folder, env, timeout: PATIENCE });
  return JSON.parse(stdout);
}

/** @param {string} file @param {unknown} input */
export async function inChromium(file, input) {
  const site = scratchFolder('site');
  const { text } = await bundle(`export { default } from './${file}';`, 'browser', { minify: true });
  writeFileSync(join(site, 'bench.js'), text);
  return runPage(site, '/bench.js', input);
}

/** @param {string} file @param {unknown} input */
export async function inWorkerd(file, input) {
  const { Miniflare } = await tool('miniflare');
  const { text, wasm } = await bundle(`import main from './${file}';
    export default { async fetch(request) {
      try { return Response.json({ result: await main(await request.json()) }); }
      catch (error) { return Response.json({ error: String(error?.stack ?? error) }); }
    } };`, 'workerd');
  const miniflare = new Miniflare({ cf: false, compatibilityDate: await newestDate(), modules: [
    { type: 'ESModule', path: 'bench.js', contents: text },
    ...[...wasm].map(([name, contents]) => ({ type: 'CompiledWasm', path: name, contents })),
  ] });
  atEnd(() => miniflare.dispose().catch(() => undefined));
  try {
    const reply = await miniflare.dispatchFetch('http://worker/', { method: 'POST', body: JSON.stringify(input) });
    const { result, error } = await reply.json();
    if (error) throw new Error(`in workerd: ${error}`);
    return result;
  } finally {
    await miniflare.dispose().catch(() => undefined);
  }
}

export const ENGINES = { node: inNode, chromium: inChromium, workerd: inWorkerd };
