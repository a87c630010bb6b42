// @ts-check
import { open } from '../page.mjs';
import { project, toolOf, versionOf } from '../project.mjs';

const folder = () => project('bundlers');

export default {
  title: 'Vite, dev server',
  group: 'bundlers',
  versions: async () => `Vite ${versionOf(await folder(), 'vite')}`,
  how: 'no configuration',
  /** @param {object} input */
  async run(input) {
    const root = await folder();
    const { createServer } = await toolOf(root, 'vite');
    const server = await createServer({ root, configFile: false, logLevel: 'error', server: { host: '127.0.0.1', port: 0, hmr: false } });
    try {
      await server.listen();
      return await open(server.resolvedUrls.local[0], input);
    } finally {
      await server.close();
    }
  },
};
