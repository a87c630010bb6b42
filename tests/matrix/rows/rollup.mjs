// @ts-check
import { join } from 'node:path';
import { openBuilt, pageFor } from '../page.mjs';
import { project, toolOf, versionOf } from '../project.mjs';

const folder = () => project('bundlers');

export default {
  title: 'Rollup',
  group: 'bundlers',
  versions: async () => `Rollup ${versionOf(await folder(), 'rollup')}`,
  how: '`@rollup/plugin-node-resolve`, as for any package',
  /** @param {object} input */
  async run(input) {
    const root = await folder();
    const { rollup } = await toolOf(root, 'rollup');
    const resolve = await toolOf(root, '@rollup/plugin-node-resolve');
    const onwarn = (/** @type {{ message: string }} */ { message }) => {
      throw new Error(message);
    };
    const bundle = await rollup({ input: join(root, 'src/app.js'), plugins: [(resolve.nodeResolve ?? resolve)({ browser: true })], onwarn });
    await bundle.write({ dir: join(root, 'out/rollup'), format: 'es' });
    await bundle.close();
    return openBuilt(join(root, 'out/rollup'), input, pageFor('app.js', 'type="module"'));
  },
};
