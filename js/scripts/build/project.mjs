// @ts-check
// Where things are and how the scripts run others: used by build, pack, size, generate and test.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the project. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');
/**
 * How the wasm is compiled. `release`, the default where the set-up has made a std for it, has bare traps for panics and functions that
 * return two values, which makes the package several kilobytes smaller; `stable` needs nothing but stable Rust. IVS_WASM_STABLE=1 asks for it.
 */
export const VARIANT = !process.env.IVS_WASM_STABLE && existsSync(join(toolchain(), '../release/done')) ? 'release' : 'stable';
/** Build output that is not part of the package: the wasm and its glue before they are packed. */
export const WORK = join(ROOT, process.env.IVS_WASM_STABLE ? 'target/npm-stable' : 'target/npm');
/** The npm package. IVS_WASM_PKG names another folder, from the top folder, for a build beside the real one. */
export const PKG = join(ROOT, process.env.IVS_WASM_PKG ?? 'pkg');

/** @param {string[]} parts */
export const at = (...parts) => join(ROOT, ...parts);

/** pkg/package.json as it is now. */
export const manifest = () => JSON.parse(readFileSync(at('pkg/package.json'), 'utf8'));

/** The bin folder of the toolchain for wasm builds; empty: the user's own. */
export function toolchain() {
  const cache = process.env.IVS_WASM_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ivs-wasm');
  const file = join(cache, 'toolchain.path');
  return process.env.IVS_WASM_TOOLCHAIN !== 'user' && existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/** The version in the [package] table of Cargo.toml. */
export function crateVersion() {
  const table = /^\[package\]$([^]*?)(?=^\[)/m.exec(readFileSync(at('Cargo.toml'), 'utf8'))?.[1] ?? '';
  const version = /^version\s*=\s*"([^"]+)"/m.exec(table)?.[1];
  if (!version) throw new Error('Cargo.toml has no version in [package]');
  return version;
}

/** The version of a crate in Cargo.lock. @param {string} name */
export function lockedVersion(name) {
  const match = new RegExp(`^name = "${name}"\nversion = "([^"]+)"`, 'm').exec(readFileSync(at('Cargo.lock'), 'utf8'));
  if (!match) throw new Error(`Cargo.lock has no ${name}`);
  return match[1];
}

/**
 * Every file under a folder, as paths from the folder with `/`, sorted; nothing if there is no such folder.
 * @param {string} folder
 * @returns {string[]}
 */
export function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .sort();
}

/** @param {string | Uint8Array} data */
export const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/**
 * Runs a command, its output passed through unless `quiet` (then it is shown only when the command fails).
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, quiet?: boolean, env?: Record<string, string> }} [options]
 * @returns {Promise<string>} what it wrote to stdout, when quiet
 */
export function run(command, args, { cwd = ROOT, quiet = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: quiet ? 'pipe' : 'inherit' });
    let output = '', everything = '';
    child.stdout?.on('data', (chunk) => ((output += chunk), (everything += chunk)));
    child.stderr?.on('data', (chunk) => (everything += chunk));
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message} (\`make setup\` installs what is missing)`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      if (quiet) process.stderr.write(everything);
      reject(new Error(`${[command, ...args].join(' ')} failed (${signal ?? `exit code ${code}`})`));
    });
  });
}

/**
 * Runs the main function of a script: an error ends it with one line, not with a stack.
 * @param {() => Promise<void>} body
 */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    if (process.env.DEBUG) console.error(error);
    process.exitCode = 1;
  }
}
