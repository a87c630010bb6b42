// @ts-check
// Opens an application's page in Chromium: it finds its options in the address and leaves a promise in `outcome`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '../harness/chromium.mjs';
import { serveFolder } from '../harness/static.mjs';

/** @typedef {{ arn: string, name: string }} Outcome */

/** @param {string} url @param {unknown} input @returns {Promise<Outcome>} */
export async function open(url, input) {
  const context = await (await chromium()).newContext();
  /** @type {string[]} */
  const problems = [];
  try {
    const page = await context.newPage();
    page.on('console', (/** @type {any} */ message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (/** @type {Error} */ error) => problems.push(error.message));
    await page.goto(`${url}#${encodeURIComponent(JSON.stringify(input))}`);
    await page.waitForFunction(() => 'outcome' in globalThis, undefined, { timeout: 20_000 });
    return await page.evaluate(() => /** @type {any} */ (globalThis).outcome);
  } catch (error) {
    throw new Error(`in Chromium: ${error.message}\n${problems.join('\n')}`);
  } finally {
    await context.close();
  }
}

/** Serves what a bundler wrote and opens it. @param {string} folder @param {unknown} input @param {string} [html] its page; a string, or a file of the folder */
export async function openBuilt(folder, input, html = 'index.html') {
  const page = html.startsWith('<') ? html : readFileSync(join(folder, html), 'utf8');
  const server = await serveFolder(folder, { html: page });
  try {
    return await open(server.url, input);
  } finally {
    await server.stop();
  }
}

/** A page for a bundler that makes scripts only. @param {string} script @param {string} [attributes] */
export const pageFor = (script, attributes = '') => `<!doctype html><link rel="icon" href="data:,"><script ${attributes} src="/${script}"></script>`;
