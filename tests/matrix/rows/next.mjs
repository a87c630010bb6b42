// @ts-check
import { join } from 'node:path';
import { run } from '../../harness/scratch.mjs';
import { open } from '../page.mjs';
import { project, versionOf, withNode22 } from '../project.mjs';
import { freePort, post, serving } from '../serving.mjs';

/** @type {Promise<string> | undefined} */
let built;

async function build() {
  const root = await project('next');
  await run(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], { cwd: root, env: { ...withNode22(), PATH: process.env.PATH }, timeout: 240_000 });
  return root;
}

/** @param {(url: string) => Promise<unknown>} use */
async function started(use) {
  const root = await (built ??= build());
  const port = await freePort();
  const args = [join(root, 'node_modules/next/dist/bin/next'), 'start', '-H', '127.0.0.1', '-p', String(port)];
  const env = { ...withNode22(), PATH: process.env.PATH };
  return serving({ command: process.execPath, args, cwd: root, env, ready: /Ready in/ }, () => use(`http://127.0.0.1:${port}`));
}

export const versions = async () => `Next ${versionOf(await project('next'), 'next')} (Turbopack)`;
const row = (/** @type {string} */ title, /** @type {(input: object) => Promise<unknown>} */ make) =>
  ({ title: `Next, ${title}`, group: 'frameworks', versions, how: 'no configuration', run: make });

/** @param {string} name */
export const edgeRoute = (name) => (/** @type {object} */ input) => started((url) => post(`${url}/${name}`, input));

export default [
  row('route on Node', (input) => started((url) => post(`${url}/node`, input))),
  row('route at the edge', edgeRoute('edge')),
  row('client page', (input) => started((url) => open(`${url}/`, input))),
];
