// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorker } from '../../harness/workerd.mjs';
import { project, versionOf } from '../project.mjs';
import { post } from '../serving.mjs';
import { serveWithWorkerd } from '../workerd-alone.mjs';
import { addText } from '../../harness/install.mjs';

const folder = () => project('workers');

export default {
  title: 'workerd alone',
  group: 'workers',
  versions: async () => `workerd ${versionOf(await folder(), 'workerd')}`,
  how: 'modules named in a `.capnp` file, the wasm as `wasm = embed`',
  /** @param {object} input */
  async run(input) {
    const root = await folder();
    const out = join(root, 'out/workerd');
    mkdirSync(out, { recursive: true });
    addText(root, 'out/scenario.mjs', `import { IVS } from 'ivs-wasm';
      export default async ({ name, ...options }) => {
        const { channel } = await new IVS(options).createChannel({ name });
        return { arn: channel.arn, name: channel.name };
      };`);
    const modules = await bundleWorker(join(root, 'out'), 'scenario.mjs');
    for (const { path, contents } of modules) writeFileSync(join(out, path), contents);
    const files = modules.map(({ path }) => path);
    const { result, error } = await serveWithWorkerd(root, { folder: out, main: files[0], files, compatibilityDate: '2024-01-01' }, (url) => post(url, input));
    if (error) throw new Error(error);
    return result;
  },
};
