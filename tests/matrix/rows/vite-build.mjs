// @ts-check
import { join } from 'node:path';
import { openBuilt } from '../page.mjs';
import { project, toolOf, versionOf } from '../project.mjs';

const folder = () => project('bundlers');

export default {
  title: 'Vite, build',
  group: 'bundlers',
  versions: async () => `Vite ${versionOf(await folder(), 'vite')}`,
  how: 'no configuration',
  /** @param {object} input */
  async run(input) {
    const root = await folder();
    const { build } = await toolOf(root, 'vite');
    await build({ root, configFile: false, logLevel: 'error', build: { outDir: 'out/vite', emptyOutDir: true } });
    return openBuilt(join(root, 'out/vite'), input);
  },
};
