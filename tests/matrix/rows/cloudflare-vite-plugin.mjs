// @ts-check
import { join } from 'node:path';
import { run } from '../../harness/scratch.mjs';
import { NODE_22, project, versionOf, withNode22 } from '../project.mjs';
import { freePort, post, serving } from '../serving.mjs';

const folder = () => project('workers');
const vite = (/** @type {string} */ root) => join(root, 'node_modules/vite/bin/vite.js');

const versions = async () => `@cloudflare/vite-plugin ${versionOf(await folder(), '@cloudflare/vite-plugin')}`;
const row = (/** @type {string} */ title, /** @type {(input: object) => Promise<unknown>} */ make) =>
  ({ title: `Cloudflare Vite plugin, ${title}`, group: 'workers', versions, how: 'no configuration for this package', run: make });

/** What `vite` with these words serves. @param {string[]} words @param {object} input */
async function served(words, input) {
  const root = await folder();
  const port = await freePort();
  const args = [vite(root), ...words, '--host', '127.0.0.1', '--port', String(port), '--strictPort'];
  return serving({ command: NODE_22, args, cwd: root, env: withNode22(), ready: /127\.0\.0\.1:\d+/ }, () => post(`http://127.0.0.1:${port}/`, input));
}

export default [
  row('dev server', (input) => served([], input)),
  row('build and preview', async (input) => {
    const root = await folder();
    await run(NODE_22, [vite(root), 'build'], { cwd: root, env: withNode22() });
    return served(['preview'], input);
  }),
];
