// @ts-check
// ivs-wasm/v2 in all that every change is tried in, in a bundle and at the edge: a call by callback, then one by `.promise()`.
import { join } from 'node:path';
import { installPackage } from '../../harness/install.mjs';
import { ways } from '../../packaging/ways.mjs';
import { openBuilt } from '../page.mjs';
import { project, toolOf, versionOf } from '../project.mjs';
import { edgeRoute, versions } from './next.mjs';

const BODY = `async ({ name, ...options }) => {
  const ivs = new AWS.IVS(options);
  const { channel: { arn } } = await new Promise((resolve, reject) => ivs.createChannel({ name }, (error, data) => (error ? reject(error) : resolve(data))));
  const { channel } = await ivs.getChannel({ arn }).promise();
  return { arn, name: channel.name };
}`;
const folder = await installPackage({ name: 'v2', text: {
  'v2.mjs': `import AWS from 'ivs-wasm/v2';\nexport default ${BODY};`,
  'v2.cjs': `const AWS = require('ivs-wasm/v2');\nmodule.exports = ${BODY};`,
} });

/** @param {object} input */
async function vite(input) {
  const root = await project('bundlers');
  const { build } = await toolOf(root, 'vite');
  const output = { outDir: 'out/v2-vite', emptyOutDir: true, rollupOptions: { input: join(root, 'v2-vite.html') } };
  await build({ root, configFile: false, logLevel: 'error', build: output });
  return openBuilt(join(root, 'out/v2-vite'), input, 'v2-vite.html');
}

export default [
  ...(await ways(folder, 'v2')),
  { title: 'Vite, build', versions: async () => `Vite ${versionOf(await project('bundlers'), 'vite')}`, how: 'no configuration', run: vite },
  { title: 'Next, route at the edge', versions, how: 'no configuration', run: edgeRoute('v2-edge') },
].map((row) => ({ ...row, title: `${row.title}: \`ivs-wasm/v2\``, group: 'v2', calls: ['createChannel 200', 'getChannel 200'] }));
