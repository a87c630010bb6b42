// @ts-check
import { join } from 'node:path';
import { run } from '../../harness/scratch.mjs';
import { NODE_22, project, versionOf, withNode22 } from '../project.mjs';
import { freePort, post, serving } from '../serving.mjs';

const folder = () => project('workers');

export default {
  title: 'Cloudflare Vite plugin, build and preview',
  group: 'workers',
  versions: async () => `@cloudflare/vite-plugin ${versionOf(await folder(), '@cloudflare/vite-plugin')}`,
  how: 'no configuration for this package',
  /** @param {object} input */
  async run(input) {
    const root = await folder();
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    await run(NODE_22, [vite, 'build'], { cwd: root, env: withNode22() });
    const port = await freePort();
    const args = [vite, 'preview', '--host', '127.0.0.1', '--port', String(port), '--strictPort'];
    return serving({ command: NODE_22, args, cwd: root, env: withNode22(), ready: /127\.0\.0\.1:\d+/ }, () => post(`http://127.0.0.1:${port}/`, input));
  },
};
