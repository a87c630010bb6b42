// @ts-check
import { join } from 'node:path';
import { run } from '../../harness/scratch.mjs';
import { NODE_22, project, versionOf, withNode22 } from '../project.mjs';
import { resultIn } from '../result-line.mjs';

const folder = () => project('workers');
const versions = async () => `@cloudflare/vitest-pool-workers ${versionOf(await folder(), '@cloudflare/vitest-pool-workers')}`;

/** @param {object} input @param {Record<string, string>} more */
async function vitest(input, more) {
  const root = await folder();
  const env = withNode22({ MATRIX_INPUT: JSON.stringify(input), ...more });
  return run(NODE_22, [join(root, 'node_modules/vitest/vitest.mjs'), 'run'], { cwd: root, env });
}

/** @param {string} date */
const withDate = (date) => async (/** @type {object} */ input) => resultIn(await vitest(input, { MATRIX_DATE: date }));
const withoutWrangler = (/** @type {object} */ input) => vitest(input, { MATRIX_WRANGLER: '' }).then(resultIn, (error) => error.message);

export default [
  ...['2024-01-01', '2026-05-01'].map((date) => ({
    title: `vitest-pool-workers, compatibility date ${date}`, group: 'workers', versions, run: withDate(date),
    how: 'the plug-in is given the configuration of wrangler: `wrangler: { configPath }`',
  })),
  { title: 'vitest-pool-workers without the configuration of wrangler', group: 'workers', versions, how: '', run: withoutWrangler,
    refused: /Cannot find module '\.\/ivs_bg\.js' imported from .*ivs\.wasm/, says: 'does not work: Vite, not workerd, takes the `.wasm`; give it `wrangler: { configPath }`' },
];
