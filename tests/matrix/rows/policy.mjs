// @ts-check
// Pages whose Content-Security-Policy forbids whatever it does not allow.
import { chromium, runInChromium } from '../../harness/chromium.mjs';
import { installPackage } from '../../harness/install.mjs';
import { FILES } from '../../packaging/ways.mjs';

const versions = async () => `Chromium ${(await chromium()).version()}`;

/** @param {string} file @param {string} script what script-src allows beside 'self' */
const under = (file, script) => async (/** @type {object} */ input) => {
  const folder = await installPackage({ name: 'policy', files: FILES });
  const policy = `default-src 'none'; img-src data:; connect-src *; script-src 'self'${script}`;
  return runInChromium(folder, file, input, { headers: { 'content-security-policy': policy } });
};

export default [
  { title: 'Page with a strict Content-Security-Policy', group: 'browsers', versions, how: "`script-src 'wasm-unsafe-eval'`; `connect-src` with the endpoint of IVS",
    run: under('scenario.mjs', " 'wasm-unsafe-eval'") },
  { title: "The same without `'wasm-unsafe-eval'`", group: 'browsers', versions, how: '', refused: /Allow WebAssembly: add 'wasm-unsafe-eval' to script-src/,
    run: async (/** @type {object} */ input) => (await under('refused.mjs', '')(input)).text, says: 'one error, which tells what to add' },
];
