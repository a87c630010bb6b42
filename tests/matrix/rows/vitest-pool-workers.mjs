// @ts-check
import { join } from 'node:path';
import { run } from '../../harness/scratch.mjs';
import { NODE_22, project, versionOf, withNode22 } from '../project.mjs';
import { resultIn } from '../result-line.mjs';

const folder = () => project('workers');
const versions = async () => `@cloudflare/vitest-pool-workers ${versionOf(await folder(), '@cloudflare/vitest-pool-workers')}`;

/** @param {string} date */
const withDate = (date) => async (/** @type {object} */ input) => {
  const root = await folder();
  const env = withNode22({ MATRIX_INPUT: JSON.stringify(input), MATRIX_DATE: date });
  return resultIn(await run(NODE_22, [join(root, 'node_modules/vitest/vitest.mjs'), 'run'], { cwd: root, env }));
};

export default ['2024-01-01', '2026-05-01'].map((date) => (
  { title: `vitest-pool-workers, compatibility date ${date}`, group: 'workers', versions, how: 'no configuration for this package', run: withDate(date) }
));
