// @ts-check
// Runs a scenario in a page of headless Chromium, served from its own origin so that calls elsewhere are cross-origin.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd } from './cleanup.mjs';
import { chromiumBinary, tool } from './project.mjs';
import { scratchFolder } from './scratch.mjs';
import { serveFolder } from './static.mjs';

// Keep the browser from calling out; --no-sandbox because CI runs as root.
const SWITCHES = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--no-first-run', '--disable-dev-shm-usage',
];
let browser;

/**
 * html: the page (with an import map, say); headers: of every answer; requests: is filled with the URLs the page asked for.
 * @typedef {{html?: string, headers?: Record<string, string>, requests?: string[]}} PageOptions
 */

/** The one browser of this program, started at first use. */
export function chromium() {
  if (browser) return browser;
  browser = launch();
  atEnd(async () => (await browser).close());
  return browser;
}

async function launch() {
  const { chromium: engine } = await tool('playwright-core');
  // On a signal playwright would end this program before the rest is cleaned up.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return engine.launch({ executablePath: chromiumBinary(), args: SWITCHES, headless: true, ...signals });
}

/**
 * Bundles `file` of the user's project for browsers with esbuild, no configuration, and runs it in a page.
 * @param {string} folder
 * @param {string} file
 * @param {unknown} input
 * @param {PageOptions} [options]
 */
export async function runInChromium(folder, file, input, options) {
  const esbuild = await tool('esbuild');
  const site = scratchFolder('site');
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(folder, file)], outdir: site, entryNames: 'scenario',
    bundle: true, format: 'esm', splitting: true, minify: true, platform: 'browser', logLevel: 'silent',
    write: false, // esbuild's own process would go on writing after an interrupt
  });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  return runPage(site, '/scenario.js', input, options);
}

/**
 * Serves `site` and runs the scenario module at `path` in a page: no bundler here. Problems that the page
 * reports on its console are part of the error when the scenario fails.
 * @param {string} site
 * @param {string} path
 * @param {unknown} input
 * @param {PageOptions} [options]
 */
export async function runPage(site, path, input, { html, headers, requests = [] } = {}) {
  const server = await serveFolder(site, { html, headers });
  const context = await (await chromium()).newContext();
  const problems = [];
  try {
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(server.url);
    return await page.evaluate(async ([module, value]) => (await import(module)).default(value), [path, input]);
  } catch (error) {
    throw new Error(`in Chromium: ${error.message}\n${problems.join('\n')}`);
  } finally {
    await context.close();
    await server.stop();
  }
}
