// @ts-check
// ivs-wasm/mock as users have it, out of the tarball: imported, required, compiled against; and not part of the other entries.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../harness/checks.mjs';
import { runInChromium } from '../harness/chromium.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { addText, installPackage } from '../harness/install.mjs';
import { toolPath } from '../harness/project.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { run } from '../harness/scratch.mjs';
import { runInWorkerd } from '../harness/workerd.mjs';

/** The same test of an application in each module system. @param {string} load @param {string} give */
const application = (load, give) => `${load}
${give} async () => {
  const local = createIvs({ seed: 'packed' });
  const ivs = new IVS({ region: 'us-west-2', credentials: local.credentials, fetch: local.fetch });
  const { channel } = await ivs.createChannel({ name: 'first' });
  local.control.goLive(channel.arn, { viewerCount: 3 });
  const { stream } = await ivs.getStream({ channelArn: channel.arn });
  const { code } = await ivs.deleteChannel({ arn: channel.arn }).catch((error) => error);
  return [channel.name, stream.viewerCount, code, local.control.calls().length];
};`;
const ANSWER = ['first', 3, 'ConflictException', 3];

const IMPORTS = "import { IVS } from 'ivs-wasm';\nimport { createIvs } from 'ivs-wasm/mock';";
/** Right and wrong use, for the compiler. */
const TYPED = `
const local = createIvs({ seed: 1, quotas: { channels: 3 } });
new IVS({ region: 'us-west-2', credentials: local.credentials, fetch: local.fetch });
const { streamId } = local.control.goLive('arn', { health: 'STARVING' });
export const text: string = streamId;
// @ts-expect-error not a health
local.control.goLive('arn', { health: 'ILL' });
// @ts-expect-error no such control
local.control.dance();
`;

await runMain(async () => {
  const { check, finish } = checks('ivs-wasm/mock out of the tarball');
  const folder = await installPackage({ name: 'mock' });
  addText(folder, 'application.mjs', application(IMPORTS, 'export default'));
  addText(folder, 'application.cjs', application("const { IVS } = require('ivs-wasm');\nconst { createIvs } = require('ivs-wasm/mock');", 'module.exports ='));
  addText(folder, 'typed.mts', IMPORTS + TYPED);
  addText(folder, 'typed.cts', IMPORTS.replace(/import (.*) from ('.*');/g, 'import $1 = require($2);').replace(/import \{ (\w+) \} = (require\('.*'\));/g, 'import $1_ = $2; const { $1 } = $1_;') + TYPED);

  for (const [name, start] of Object.entries({
    'Node, import': () => runInCommand(folder, 'application.mjs', {}),
    'Node, require': () => runInCommand(folder, 'application.cjs', {}),
    workerd: () => runInWorkerd(folder, 'application.mjs', {}),
    Chromium: () => runInChromium(folder, 'application.mjs', {}),
  })) {
    await check(`${name}: tests an application`, async () => assert.deepEqual(await start(), ANSWER));
  }

  for (const module of ['node16', 'nodenext']) {
    await check(`its declarations, imported and required (${module})`, async () => {
      await run(process.execPath, [toolPath('typescript/bin/tsc'), '--noEmit', '--strict', '--module', module,
        '--target', 'es2022', '--lib', 'es2022,dom,dom.iterable', 'typed.mts', 'typed.cts'], { cwd: folder });
    });
  }

  await check('only mock.* has it', () => {
    const installed = join(folder, 'node_modules/ivs-wasm');
    const files = readdirSync(installed).filter((file) => /\.c?js$/.test(file));
    const having = files.filter((file) => readFileSync(join(installed, file), 'utf8').includes('__control'));
    assert.deepEqual(having.sort(), ['mock.cjs', 'mock.js']);
  });
  await check('it explains nothing: words are left to the declarations', () => {
    const { operations } = JSON.parse(readFileSync(new URL('../../src/model/ivs.json', import.meta.url), 'utf8'));
    const text = readFileSync(join(folder, 'node_modules/ivs-wasm/mock.js'), 'utf8');
    assert.ok(operations.getChannel.doc.length > 10 && !text.includes(operations.getChannel.doc));
  });
  return finish();
});
