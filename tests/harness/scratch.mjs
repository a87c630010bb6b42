// @ts-check
// Throw-away folders and child processes that do not outlive the program.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './cleanup.mjs';

/**
 * A new folder, removed at the end.
 * @param {string} name
 */
export function scratchFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `ivs-wasm-${name}-`));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
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
