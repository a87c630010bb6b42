// @ts-check
// A user's project: an empty folder into which npm installs the packed library.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKAGE, tarball } from './project.mjs';
import { run, scratchFolder } from './scratch.mjs';

/**
 * Installs the tarball into a new project and gives its folder. Files are copied in by their base name;
 * `text` adds files by name and content. The folder is removed at the end.
 * @param {{name?: string, files?: (string | URL)[], text?: Record<string, string>}} [options]
 */
export async function installPackage({ name = 'user', files = [], text = {} } = {}) {
  const folder = scratchFolder(name);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, private: true, version: '0.0.0' }));
  // No dependencies, so npm has nothing to ask a registry for: --offline proves it.
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error', tarball()], { cwd: folder });
  for (const file of files) addFile(folder, file);
  for (const [path, content] of Object.entries(text)) addText(folder, path, content);
  return folder;
}

/**
 * @param {string} folder
 * @param {string | URL} file
 */
export function addFile(folder, file) {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  copyFileSync(path, join(folder, basename(path)));
}

/**
 * @param {string} folder
 * @param {string} path
 * @param {string} content
 */
export function addText(folder, path, content) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** The name users import. */
export const IMPORT_NAME = PACKAGE.name;
