// @ts-check
// Local servers as child processes: moto behind its gate, or any other that speaks the same two rules.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { atEnd } from './cleanup.mjs';
import { ROOT, python } from './project.mjs';

/** The credentials the test servers know: those of AWS's documentation, worth nothing elsewhere. */
export const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
/** The same with the one session token they accept. */
export const SESSION = { ...CREDENTIALS, sessionToken: 'EXAMPLE/SESSION+TOKEN==' };

/**
 * One request that the server answered.
 * @typedef {{method: string, target: string, status: number, verdict: string, signedHeaders?: string[]}} Seen
 */

/**
 * @typedef {{port: number, url: string, stop: () => Promise<void>,
 *   watch: <T>(body: () => Promise<T>) => Promise<{result: T, seen: Seen[]}>}} Server
 */

/**
 * Starts a server that prints {"port": N} first and one JSON line per request after it, that answers a line on stdin
 * by {"mark": line}, and that ends with its stdin.
 * `watch(body)` runs the body and gives its result with the requests answered meanwhile; `stop()` ends the server, as
 * does the end of this program.
 * @param {string} command
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, timeout?: number}} [options] timeout for the first line, in milliseconds
 * @returns {Promise<Server>}
 */
export function startServer(command, args, { env = process.env, timeout = 60_000 } = {}) {
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  atEnd(stop);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-4000)));
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${command} ${args.join(' ')} ${why}\n${errors}`));
    const timer = setTimeout(() => stop().then(() => fail(`printed no port within ${timeout} ms`)), timeout);
    child.on('error', (error) => fail(error.message));
    ended.then(() => fail('ended before it printed its port'));
    /** @type {Seen[]} */
    let seen = [];
    let settled = () => {};
    const watch = async (body) => {
      seen = [];
      try {
        return { result: await body(), seen };
      } finally {
        // A response can overtake the line about it; the answer to the mark cannot.
        await new Promise((done) => {
          settled = () => done(undefined);
          child.stdin.write('settled\n');
        });
      }
    };
    createInterface({ input: child.stdout }).on('line', (line) => {
      const value = JSON.parse(line);
      if ('mark' in value) return settled();
      if (!('port' in value)) return seen.push(value);
      clearTimeout(timer);
      return resolve({ port: value.port, url: `http://127.0.0.1:${value.port}`, watch, stop });
    });
  });
}

/** moto's IVS with CORS preflights and signatures checked by botocore. Its state is empty at the start. */
export function startMoto() {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  return startServer(python(), [join(ROOT, 'tests/e2e/moto_server.py'), '--port', '0'], { env });
}
