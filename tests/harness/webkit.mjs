// @ts-check
// Runs a scenario in a page of WebKitGTK, the nearest to Safari that Linux has, over WebDriver.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { atEnd } from './cleanup.mjs';
import { serveFolder } from './static.mjs';

const FOLDERS = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((arch) =>
  ['4.1', '4.0', '6.0'].map((version) => `/usr/lib/${arch}/webkit${version === '6.0' ? '' : '2'}gtk-${version}`));
let session;

/**
 * Serves `site` and runs the scenario module at `path` in a page.
 * @param {string} site
 * @param {string} path
 * @param {unknown} input
 * @param {{html?: string, headers?: Record<string, string>}} [options] the page, and headers of every answer
 */
export async function runPageInWebKit(site, path, input, options) {
  session ??= startWebKit();
  const send = await session;
  const server = await serveFolder(site, options);
  try {
    await send('POST', '/url', { url: server.url });
    const script = `const [path, input, done] = arguments;
      import(path).then((module) => module.default(input)).then((result) => done({ result }), (error) => done({ error: String(error) }));`;
    const { result, error } = await send('POST', '/execute/async', { script, args: [path, input] });
    if (error) throw new Error(`in WebKit: ${error}`);
    return result;
  } finally {
    await server.stop();
  }
}

/** The one browser of this program; gives the function that sends it commands. */
async function startWebKit() {
  const folder = FOLDERS.find((place) => existsSync(`${place}/MiniBrowser`));
  if (!folder) throw new Error('WebKitGTK not found; `js/scripts/setup.sh webkit` installs it');
  const port = await freePort();
  // It wants a display even when nobody looks. Xvfb chooses a free one and tells its number.
  const display = background('Xvfb', ['-displayfd', '1', '-nolisten', 'tcp', '-screen', '0', '800x600x24']);
  const number = await new Promise((resolve, reject) => {
    display.stdout.once('data', (text) => resolve(String(text).trim()));
    display.once('error', reject).once('close', () => reject(new Error('Xvfb ended before it told its display')));
  });
  background('WebKitWebDriver', [`--port=${port}`], { ...process.env, DISPLAY: `:${number}` });

  /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  const request = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKit: ${value.error}: ${value.message}`);
    return value;
  };
  await answering(() => request('GET', '/status'));
  const options = { binary: `${folder}/MiniBrowser`, args: ['--automation'] };
  const { sessionId } = await request('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } });
  atEnd(() => request('DELETE', `/session/${sessionId}`));
  return (method, path, body) => request(method, `/session/${sessionId}${path}`, body);
}

/**
 * A process with all that it starts in a group of its own, ended as one.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 */
function background(command, args, env = process.env) {
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.on('close', resolve).on('error', resolve));
  atEnd(() => {
    if (child.pid === undefined || child.exitCode !== null) return undefined;
    process.kill(-child.pid, 'SIGKILL');
    return ended;
  });
  return child;
}

/** A port that was free a moment ago: the driver cannot choose one itself. @returns {Promise<number>} */
function freePort() {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    server.close(() => resolve(port));
  }));
}

/** Waits until the call succeeds; gives up after ten seconds. @param {() => Promise<unknown>} call */
async function answering(call) {
  for (const end = Date.now() + 10_000; ;) {
    try {
      return await call();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
