// @ts-check
// A second tree of the project that may be changed. It stays under target/ so that a later run compiles little.
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run } from '../harness/scratch.mjs';

// What building and packing read. target/ and node_modules/ stay as an earlier run left them.
const PARTS = ['Cargo.toml', 'Cargo.lock', 'README.md', 'CHANGELOG.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'src', 'examples', 'js', 'docs', 'pkg/package.json'];

/**
 * Makes `to` a copy of the project's sources. A file that is equal keeps its time, by which cargo knows it.
 * @param {string} from @param {string} to
 */
export async function copyProject(from, to) {
  const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...PARTS], { cwd: from });
  const files = new Set(listed.stdout.split('\0').filter((file) => file && statSync(join(from, file), { throwIfNoEntry: false })?.isFile()));
  for (const file of files) {
    write(join(to, file), readFileSync(join(from, file)));
    chmodSync(join(to, file), statSync(join(from, file)).mode);
  }
  for (const part of PARTS) {
    for (const file of filesUnder(join(to, part))) if (!files.has(relative(to, file))) rmSync(file);
  }
  const modules = join(to, 'js/node_modules');
  if (!existsSync(modules)) symlinkSync(join(from, 'js/node_modules'), modules, 'dir');
}

/** Writes a file unless it has this content. @param {string} path @param {string | Buffer} content */
export function write(path, content) {
  if (existsSync(path) && readFileSync(path).equals(Buffer.from(content))) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** @param {string} folder @returns {string[]} */
function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.name === 'node_modules') return [];
      return entry.isDirectory() ? filesUnder(path) : [path];
    });
  } catch {
    return []; // a file, which is written over
  }
}
