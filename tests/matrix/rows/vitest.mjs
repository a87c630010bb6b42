// @ts-check
import { join } from 'node:path';
import { run } from '../../harness/scratch.mjs';
import { project, versionOf } from '../project.mjs';
import { resultIn } from '../result-line.mjs';

const folder = () => project('runners');

export default {
  title: 'Vitest',
  group: 'runners',
  versions: async () => `Vitest ${versionOf(await folder(), 'vitest')}`,
  how: 'no configuration',
  /** @param {object} input */
  async run(input) {
    const root = await folder();
    const env = { ...process.env, MATRIX_INPUT: JSON.stringify(input), NO_COLOR: '1' };
    return resultIn(await run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'tests/vitest.spec.mjs'], { cwd: root, env }));
  },
};
