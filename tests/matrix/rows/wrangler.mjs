// @ts-check
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../harness/scratch.mjs';
import { NODE_22, project, versionOf, withNode22 } from '../project.mjs';
import { freePort, post, serving } from '../serving.mjs';
import { serveWithWorkerd } from '../workerd-alone.mjs';

const folder = () => project('workers');
const versions = async () => `wrangler ${versionOf(await folder(), 'wrangler')}`;
const wrangler = (/** @type {string} */ root) => join(root, 'node_modules/wrangler/bin/wrangler.js');

/** @param {object} input */
async function dev(input) {
  const root = await folder();
  const port = await freePort();
  const args = [wrangler(root), 'dev', '--ip', '127.0.0.1', '--port', String(port), '--inspector-port', String(await freePort())];
  return serving({ command: NODE_22, args, cwd: root, env: withNode22(), ready: /Ready on/ }, () => post(`http://127.0.0.1:${port}/`, input));
}

// --config, since Cloudflare's Vite plugin leaves a note for wrangler to deploy the plugin's build instead.
/** Bundling is not running: what would be uploaded is started in workerd. @param {object} input */
async function deploy(input) {
  const root = await folder();
  const out = join(root, 'out/wrangler');
  await run(NODE_22, [wrangler(root), 'deploy', '--dry-run', '--config', 'wrangler.jsonc', '--outdir', out], { cwd: root, env: withNode22() });
  const files = readdirSync(out).filter((file) => /\.(js|wasm)$/.test(file));
  return serveWithWorkerd(root, { folder: out, main: 'worker.js', files, compatibilityDate: '2026-05-01' }, (url) => post(url, input));
}

export default [
  { title: 'wrangler dev', group: 'workers', versions, how: 'no configuration', run: dev },
  { title: 'wrangler deploy --dry-run, its output in workerd', group: 'workers', versions, how: 'no configuration', run: deploy },
];
