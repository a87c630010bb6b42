// @ts-check
// Servers that tools start, for the time of one row: with all that they start they are ended as one.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { atEnd } from '../harness/cleanup.mjs';

/**
 * Starts a command, waits until it prints that it serves, gives its address to `use`, and ends it.
 * @template T
 * @param {{ command: string, args: string[], cwd: string, env?: NodeJS.ProcessEnv, ready: RegExp, timeout?: number }} how `ready` is what it prints
 * @param {() => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function serving({ command, args, cwd, env = process.env, ready, timeout = 60_000 }, use) {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.on('close', resolve).on('error', resolve));
  const stop = async () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch { /* it has ended by itself */ }
    await ended;
  };
  atEnd(stop);
  let output = '';
  try {
    await new Promise((resolve, reject) => {
      const fail = (/** @type {string} */ why) => reject(new Error(`${command} ${args.join(' ')} ${why}\n${output}`));
      const timer = setTimeout(() => fail(`did not serve within ${timeout} ms`), timeout);
      const take = (/** @type {Buffer} */ data) => {
        output += data;
        if (ready.test(output)) clearTimeout(timer), resolve(undefined);
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      ended.then(() => (clearTimeout(timer), fail('ended before it served')));
    });
    return await use();
  } catch (error) {
    throw new Error(`${error.message}\n${output.slice(-3000)}`);
  } finally {
    await stop();
  }
}

/** A port that was free a moment ago, for servers that cannot choose one and tell it. @returns {Promise<number>} */
export function freePort() {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    server.close(() => resolve(port));
  }));
}

/** One request to a server application, whose body holds the options. @param {string} url @param {unknown} input */
export async function post(url, input) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(input), headers: { 'content-type': 'application/json' } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 2000)}`);
  return JSON.parse(text);
}
