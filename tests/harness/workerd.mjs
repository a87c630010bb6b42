// @ts-check
// Runs a scenario inside a request of a Worker: bundled as wrangler bundles it, in workerd through miniflare.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { atEnd } from './cleanup.mjs';
import { tool } from './project.mjs';

/** The oldest date that users still deploy with here, and one that is newer than any the library was built for. */
export const OLD_DATE = '2024-01-01';

/**
 * @param {string} folder the user's project
 * @param {string} file the scenario in it
 * @param {unknown} input
 * @param {{compatibilityDate?: string, compatibilityFlags?: string[]}} [options]
 */
export async function runInWorkerd(folder, file, input, options = {}) {
  const worker = await startWorker(folder, file, options);
  try {
    return await worker.call(input);
  } finally {
    await worker.stop();
  }
}

/**
 * The same for several calls of one Worker: `call(input)` is one request each.
 * @param {string} folder
 * @param {string} file
 * @param {{compatibilityDate?: string, compatibilityFlags?: string[]}} [options] the date defaults to the newest workerd knows
 */
export async function startWorker(folder, file, { compatibilityDate, compatibilityFlags } = {}) {
  const { Miniflare } = await tool('miniflare');
  const modules = await bundleWorker(folder, file);
  const date = compatibilityDate ?? (await newestDate());
  // cf: false keeps miniflare from asking its maker's site for a sample request.
  const miniflare = new Miniflare({ cf: false, compatibilityDate: date, compatibilityFlags, modules });
  // A runtime that failed to start says so through `ready`; dispose would only say it again.
  const stop = () => miniflare.dispose().catch(() => undefined);
  atEnd(stop);
  await miniflare.ready;
  return {
    /** @param {unknown} input */
    async call(input) {
      const reply = await miniflare.dispatchFetch('http://worker/', { method: 'POST', body: JSON.stringify(input) });
      const { result, error } = await reply.json();
      if (error) throw new Error(`in workerd (${date}): ${error}`);
      return result;
    },
    date,
    stop,
  };
}

/** The newest compatibility date that the installed workerd accepts. */
export async function newestDate() {
  const { compatibilityDate } = await tool('workerd');
  return compatibilityDate;
}

/**
 * One ES module, and each `.wasm` that it imports as a compiled module, which is the only form workerd takes everywhere.
 * @param {string} folder
 * @param {string} file
 */
export async function bundleWorker(folder, file) {
  const esbuild = await tool('esbuild');
  const wasm = new Map();
  const entry = `import scenario from './${file}';
    export default { async fetch(request) {
      try { return Response.json({ result: await scenario(await request.json()) }); }
      catch (error) { return Response.json({ error: String(error?.stack ?? error) }); }
    } };`;
  const { outputFiles } = await esbuild.build({
    stdin: { contents: entry, resolveDir: folder, sourcefile: 'worker.mjs' },
    bundle: true, format: 'esm', target: 'es2022', conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'], write: false, logLevel: 'silent',
    plugins: [{
      name: 'wasm modules',
      setup(build) {
        build.onResolve({ filter: /\.wasm$/ }, async ({ path, resolveDir, importer, pluginData }) => {
          if (pluginData === 'resolved') return undefined;
          const found = await build.resolve(path, { resolveDir, importer, kind: 'import-statement', pluginData: 'resolved' });
          if (found.errors.length) return { errors: found.errors };
          wasm.set(basename(found.path), found.path);
          return { path: `./${basename(found.path)}`, external: true };
        });
      },
    }],
  });
  return [
    { type: 'ESModule', path: 'worker.mjs', contents: outputFiles[0].text },
    ...[...wasm].map(([name, path]) => ({ type: 'CompiledWasm', path: name, contents: readFileSync(path) })),
  ];
}
