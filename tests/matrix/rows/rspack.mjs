// @ts-check
import { join } from 'node:path';
import { openBuilt, pageFor } from '../page.mjs';
import { project, toolOf, versionOf } from '../project.mjs';
import { compile } from '../webpack.mjs';

const folder = () => project('bundlers');

export default {
  title: 'Rspack',
  group: 'bundlers',
  versions: async () => `Rspack ${versionOf(await folder(), '@rspack/core')}`,
  how: 'no configuration but entry and output',
  /** @param {object} input */
  async run(input) {
    const root = await folder();
    const path = join(root, 'out/rspack');
    await compile(await toolOf(root, '@rspack/core'), { context: root, mode: 'production', entry: './src/app.js', output: { path } });
    return openBuilt(path, input, pageFor('main.js'));
  },
};
