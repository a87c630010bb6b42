// @ts-check
// Runs one suite: output to a log, a sign of life every ten seconds, all its processes ended when its time is over.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { ROOT } from '../build/project.mjs';

const running = new Set();

// Ctrl-C, a terminal that is closed, a reader of the output that is gone: they end the suites and what those started, not only this program.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => process.exit(130));
process.on('exit', () => {
  for (const child of running) end(child, 'SIGTERM');
});

/**
 * @param {string} command
 * @param {string} log
 * @param {{ verbose?: boolean, title?: string, minutes?: number }} [options] minutes: after so many it is ended
 * @returns {Promise<{ code: number | null, output: string, seconds: number, timedOut: boolean }>}
 */
export function runSuite(command, log, { verbose = false, title = '', minutes = 20 } = {}) {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const file = openSync(log, 'w');
  let last = '', timedOut = false;
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', `. js/scripts/env.sh\n${command}`], {
      cwd: ROOT,
      detached: true, // a process group of its own, which can be ended as a whole
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    /** @param {Buffer} data */
    const take = (data) => {
      writeSync(file, data);
      if (verbose) process.stdout.write(data);
      last = data.toString().trimEnd().split(/[\r\n]/).at(-1) || last;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const life = setInterval(() => console.log(`        ${title}: ${Math.round(seconds())} s … ${last.trim().slice(0, 90)}`), 10_000);
    const limit = setTimeout(() => {
      timedOut = true;
      end(child, 'SIGTERM');
      setTimeout(() => end(child, 'SIGKILL'), 5000).unref();
    }, minutes * 60_000);
    const done = (/** @type {number | null} */ code) => {
      clearInterval(life);
      clearTimeout(limit);
      running.delete(child);
      end(child, 'SIGKILL'); // what it left running
      closeSync(file);
      resolve({ code, output: readFileSync(log, 'utf8'), seconds: seconds(), timedOut });
    };
    // Its last lines, the counts among them, may come after its end. But a server that a suite forgot holds the pipes open, so that `close` is
    // waited for no longer than this.
    child.on('exit', (code) => {
      const closed = new Promise((resolve) => child.on('close', resolve));
      const patience = new Promise((resolve) => setTimeout(resolve, 3000).unref());
      Promise.race([closed, patience]).then(() => done(code));
    });
    child.on('error', () => done(1));
  });
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function end(child, signal) {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch { /* all gone */ }
}
