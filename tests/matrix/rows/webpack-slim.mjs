// @ts-check
import { join } from 'node:path';
import { openBuilt, pageFor } from '../page.mjs';
import { project, toolOf, versionOf } from '../project.mjs';
import { compile } from '../webpack.mjs';

const folder = () => project('bundlers');

export default {
  title: 'webpack, `ivs-wasm/slim`',
  group: 'bundlers',
  versions: async () => `webpack ${versionOf(await folder(), 'webpack')}`,
  how: "`provide(new URL('ivs-wasm/ivs.wasm', import.meta.url))`",
  /** @param {object} input */
  async run(input) {
    const root = await folder();
    const path = join(root, 'out/slim-webpack');
    await compile(await toolOf(root, 'webpack'), { context: root, mode: 'production', entry: './src/slim-webpack.js', output: { path } });
    return openBuilt(path, input, pageFor('main.js'));
  },
};
