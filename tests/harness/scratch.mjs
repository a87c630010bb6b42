// @ts-check
// Throw-away folders and child processes that do not outlive the program.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './cleanup.mjs';

// One folder for all that this program and its children put aside: npm's, workerd's and Chromium's own files too.
const root = mkdtempSync(join(tmpdir(), 'ivs-wasm-'));
process.env.TMPDIR = root;
// At the very last, when nothing of this program can write into it any more.
process.on('exit', () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

/**
 * A new folder, removed at the end.
 * @param {string} name
 */
export function scratchFolder(name) {
  return mkdtempSync(join(root, `${name}-`));
}

/**
 * Runs a command to its end and gives what it printed. Rejects, with its output, when it fails or takes too long.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number}} [options] timeout in milliseconds
 * @returns {Promise<{stdout: string, stderr: string}>}
 */
export function run(command, args, { cwd, env = process.env, timeout = 120_000 } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  atEnd(() => child.exitCode === null && child.kill('SIGKILL'));
  const timer = setTimeout(() => child.kill('SIGKILL'), timeout);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve({ stdout, stderr });
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}\n${stdout}${stderr}`));
    });
  });
}
