// @ts-check
// The classes of errors: each that an application imports holds, bundled or not; those that it does not import, its bundle does not have.
import assert from 'node:assert/strict';
import { addText } from '../harness/install.mjs';
import { tool } from '../harness/project.mjs';
import { runInCommand } from '../harness/scenario.mjs';

const program = (/** @type {string} */ imported) => `import { IVS, IVSError${imported && `, ${imported}`} } from 'ivs-wasm';
  export default async ({ code }) => {
    const fetch = async () => new Response('{"exceptionMessage":"no"}', { status: 400, headers: { 'x-amzn-errortype': code } });
    const ivs = new IVS({ region: 'us-west-2', credentials: { accessKeyId: 'AKID', secretAccessKey: 's' }, maxRetries: 0, fetch });
    const error = await ivs.listChannels().catch((error) => error);
    const known = { ${imported} };
    return { name: error.name, ours: error instanceof IVSError, of: Object.keys(known).filter((name) => error instanceof known[name]) };
  };`;

/**
 * @param {(name: string, body: () => Promise<void>) => Promise<unknown>} check
 * @param {string} folder the user's project
 */
export async function checkClasses(check, folder) {
  const esbuild = await tool('esbuild');
  /** @param {string} imported @returns {Promise<string>} */
  const bundle = async (imported) => {
    const stdin = { contents: program(imported), resolveDir: folder };
    const { outputFiles } = await esbuild.build({ stdin, bundle: true, format: 'esm', minify: true, platform: 'browser', write: false });
    return outputFiles[0].text;
  };
  const imported = 'ChannelNotBroadcasting, ConflictException';
  for (const [how, text] of /** @type {const} */ ([['unbundled', program(imported)], ['bundled', await bundle(imported)]])) {
    await check(`classes of errors that are imported, ${how}`, async () => {
      addText(folder, 'classes.mjs', text);
      for (const [code, of] of [['ConflictException', ['ConflictException']], ['ChannelNotBroadcasting', ['ChannelNotBroadcasting']], ['PendingVerification', []], ['Unheard', []]]) {
        assert.deepEqual(await runInCommand(folder, 'classes.mjs', { code }, {}), { name: code, ours: true, of });
      }
    });
  }
  await check('classes of errors that are not imported are not bundled', async () => {
    const [none, two] = await Promise.all([bundle(''), bundle(imported)]);
    // Of all the texts of the library, this one stands in the list of classes only.
    assert.deepEqual([none, two].map((text) => /PendingVerification/.test(text)), [false, false]);
    assert.ok(/"ConflictException"/.test(two) && !/"ConflictException"/.test(none), 'the class that is imported');
    addText(folder, 'classless.mjs', none);
    assert.deepEqual(await runInCommand(folder, 'classless.mjs', { code: 'ConflictException' }, {}), { name: 'ConflictException', ours: true, of: [] });
  });
}
