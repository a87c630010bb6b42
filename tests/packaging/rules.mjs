// @ts-check
// Rules of the platforms that a library made of WebAssembly trips over: policies of pages, the global scope of Workers,
// and what an import may cost.
import assert from 'node:assert/strict';
import { runInChromium } from '../harness/chromium.mjs';
import { addText } from '../harness/install.mjs';
import { OLD_DATE, newestDate, runInWorkerd } from '../harness/workerd.mjs';

const policy = (script) => ({ 'content-security-policy': `default-src 'none'; img-src data:; connect-src *; script-src 'self'${script}` });

/**
 * @param {(name: string, body: () => Promise<void>) => Promise<unknown>} check
 * @param {string} folder the user's project
 * @param {{endpoint: string, region: string, credentials: object}} options
 */
export async function checkRules(check, folder, options) {
  await check("Chromium, strict Content-Security-Policy with 'wasm-unsafe-eval': works", async () => {
    const { name } = await runInChromium(folder, 'scenario.mjs', { ...options, name: 'csp' }, { headers: policy(" 'wasm-unsafe-eval'") });
    assert.equal(name, 'csp');
  });
  await check('Chromium, strict Content-Security-Policy without it: one error that says what is missing', async () => {
    const { text } = await runInChromium(folder, 'refused.mjs', options, { headers: policy('') });
    assert.match(text, /wasm-unsafe-eval/);
  });
  await check('Chromium: the import alone downloads no WebAssembly, the first call does', async () => {
    const downloads = async (input) => {
      const requests = [];
      await runInChromium(folder, 'scenario.mjs', input, { requests });
      return requests.filter((url) => !url.startsWith(options.endpoint) && !url.startsWith('data:')).length;
    };
    const imported = await downloads({});
    const called = await downloads({ ...options, name: 'lazy' });
    assert.ok(imported < called, `${imported} files by the import, ${called} with a call`);
  });

  // Workers forbid I/O, timers and randomness outside a request; a client made there has to wait for the first one.
  addText(folder, 'global-client.mjs', `import { IVS } from 'ivs-wasm';
    const ivs = new IVS(${JSON.stringify(options)});
    export default async () => (await ivs.listChannels({})).channels.length;`);
  for (const compatibilityDate of [OLD_DATE, await newestDate()]) {
    await check(`workerd, ${compatibilityDate}: a client made in global scope`, async () => {
      assert.ok(await runInWorkerd(folder, 'global-client.mjs', {}, { compatibilityDate }) > 0);
    });
  }
}
