// @ts-check
import { join } from 'node:path';
import { run } from '../../harness/scratch.mjs';
import { openBuilt } from '../page.mjs';
import { project, versionOf } from '../project.mjs';

const folder = () => project('bundlers');

export default {
  title: 'Parcel',
  group: 'bundlers',
  versions: async () => `Parcel ${versionOf(await folder(), 'parcel')}`,
  how: 'no configuration',
  /** @param {object} input */
  async run(input) {
    const root = await folder();
    await run(join(root, 'node_modules/.bin/parcel'), ['build', 'index.html', '--dist-dir', 'out/parcel', '--no-cache', '--no-source-maps'], { cwd: root });
    return openBuilt(join(root, 'out/parcel'), input);
  },
};
