// @ts-check
import { join } from 'node:path';
import { openBuilt } from '../page.mjs';
import { project, toolOf, versionOf } from '../project.mjs';

const folder = () => project('bundlers');

export default {
  title: 'Vite, build, `ivs-wasm/slim`',
  group: 'bundlers',
  versions: async () => `Vite ${versionOf(await folder(), 'vite')}`,
  how: "`import url from 'ivs-wasm/ivs.wasm?url'; provide(url)`",
  /** @param {object} input */
  async run(input) {
    const root = await folder();
    const { build } = await toolOf(root, 'vite');
    const output = { outDir: 'out/slim-vite', emptyOutDir: true, rollupOptions: { input: join(root, 'slim-vite.html') } };
    await build({ root, configFile: false, logLevel: 'error', build: output });
    return openBuilt(join(root, 'out/slim-vite'), input, 'slim-vite.html');
  },
};
