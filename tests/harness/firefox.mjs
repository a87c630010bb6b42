// @ts-check
// Runs a scenario in a page of headless Firefox, driven by WebDriver BiDi: Firefox speaks it itself, no driver is needed.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd } from './cleanup.mjs';
import { tool } from './project.mjs';
import { scratchFolder } from './scratch.mjs';
import { serveFolder } from './static.mjs';

const PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];
// Keep the browser from calling out.
const PREFERENCES = {
  'app.update.enabled': false, 'browser.safebrowsing.update.enabled': false, 'browser.shell.checkDefaultBrowser': false,
  'captivedetect.canonicalURL': '', 'datareporting.policy.dataSubmissionEnabled': false, 'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,', 'toolkit.telemetry.enabled': false,
};
let session;

/**
 * Serves `site` and runs the scenario module at `path` in a page.
 * @param {string} site
 * @param {string} path
 * @param {unknown} input
 * @param {{html?: string, headers?: Record<string, string>}} [options] the page, and headers of every answer
 */
export async function runPageInFirefox(site, path, input, options) {
  if (!session) {
    session = startFirefox();
    atEnd(async () => (await session).stop());
  }
  const { send } = await session;
  const server = await serveFolder(site, options);
  const { context } = await send('browsingContext.create', { type: 'tab' });
  try {
    await send('browsingContext.navigate', { context, url: server.url, wait: 'complete' });
    const expression = `import(${JSON.stringify(path)}).then((module) => module.default(${JSON.stringify(input)})).then(JSON.stringify)`;
    const { result, exceptionDetails } = await send('script.evaluate', { expression, target: { context }, awaitPromise: true });
    if (exceptionDetails) throw new Error(`in Firefox: ${exceptionDetails.text}`);
    return JSON.parse(result.value);
  } finally {
    await send('browsingContext.close', { context });
    await server.stop();
  }
}

/** The one browser of this program, and the way to send it commands. */
async function startFirefox() {
  const binary = process.env.IVS_WASM_FIREFOX ?? PLACES.find((place) => existsSync(place));
  if (!binary) throw new Error('Firefox not found; `js/scripts/setup.sh firefox` installs it, IVS_WASM_FIREFOX names another one');
  const profile = scratchFolder('firefox');
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  atEnd(kill);
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    child.on('error', reject);
    ended.then(() => reject(new Error(`Firefox ended before it listened\n${text}`)));
  });
  const { send, close } = await connect(`${url}/session`);
  await send('session.new', { capabilities: {} });
  const stop = async () => {
    close();
    await kill();
  };
  return { send, stop };
}

/**
 * A WebDriver BiDi connection. `ws` comes with miniflare; Node 20 has no WebSocket of its own.
 * @param {string} url
 */
async function connect(url) {
  const WebSocket = await tool('ws');
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const waiting = new Map();
  let last = 0;
  socket.on('message', (text) => {
    const { id, type, result, error, message } = JSON.parse(text);
    const call = waiting.get(id);
    waiting.delete(id);
    if (call) type === 'success' ? call.resolve(result) : call.reject(new Error(`Firefox: ${error}: ${message}`));
  });
  return {
    /** @param {string} method @param {object} params @returns {Promise<any>} */
    send: (method, params) => new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    }),
    close: () => socket.terminate(),
  };
}
