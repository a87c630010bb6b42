// @ts-check
// Builds and runs native/: the core without WebAssembly.
import { join } from 'node:path';
import { ROOT } from '../harness/project.mjs';
import { run } from '../harness/scratch.mjs';
import { HERE } from './bundle.mjs';

/** Least µs by case, or why there are none. @returns {Promise<Record<string, number> & { problem?: string }>} */
export async function native() {
  try {
    const { stdout } = await run('cargo', ['run', '--quiet', '--release', '--manifest-path', join(HERE, 'native/Cargo.toml')], {
      env: { ...process.env, CARGO_TARGET_DIR: join(ROOT, 'target/bench') }, timeout: 600_000,
    });
    return JSON.parse(stdout);
  } catch (error) {
    return /** @type {any} */ ({ problem: String(error) });
  }
}
