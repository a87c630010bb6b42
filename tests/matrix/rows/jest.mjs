// @ts-check
import { join } from 'node:path';
import { run } from '../../harness/scratch.mjs';
import { project, versionOf } from '../project.mjs';
import { resultIn } from '../result-line.mjs';

const folder = () => project('runners');
const versions = async () => `Jest ${versionOf(await folder(), 'jest')}`;

/** @param {string} file @param {string[]} [flags] of Node @param {string[]} [options] of Jest */
const jest = (file, flags = [], options = []) => async (/** @type {object} */ input) => {
  const root = await folder();
  const args = [...flags, join(root, 'node_modules/jest/bin/jest.js'), '--testMatch', `**/tests/${file}`, '--no-watchman', '--cache=false', ...options];
  return run(process.execPath, args, { cwd: root, env: { ...process.env, MATRIX_INPUT: JSON.stringify(input), NO_COLOR: '1' } });
};

/** @param {object} input */
const inJsdom = (input) => jest('jest-require.test.cjs', [], ['--env=jsdom'])(input).then(resultIn, (error) => error.message);

export default [
  { title: 'Jest, require', group: 'runners', versions, how: 'no configuration',
    run: async (/** @type {object} */ input) => resultIn(await jest('jest-require.test.cjs')(input)) },
  { title: 'Jest, import', group: 'runners', versions, how: '`node --experimental-vm-modules`',
    run: async (/** @type {object} */ input) => resultIn(await jest('jest-import.test.mjs', ['--experimental-vm-modules', '--no-warnings'])(input)) },
  { title: 'Jest, import in a test that is CommonJS', group: 'runners', versions, how: '', refused: /Must use import to load ES Module/,
    run: (/** @type {object} */ input) => jest('jest-import-in-commonjs.test.js')(input).then(resultIn, (error) => error.message),
    says: 'does not work, as with any package: see the two rows above' },
  { title: 'Jest, jsdom', group: 'runners', versions, how: '`--env=jsdom`', run: inJsdom, refused: /ivs-wasm cannot start: ReferenceError: TextEncoder is not defined/,
    says: 'does not work: jsdom has no `TextEncoder`, no streams and no `fetch`; put `@jest-environment node` at the top of the test' },
];
