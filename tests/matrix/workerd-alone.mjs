// @ts-check
// workerd by itself, with a configuration in Cap'n Proto: no miniflare, no wrangler.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { freePort, serving } from './serving.mjs';

/**
 * @template T
 * @param {string} root project that has workerd
 * @param {{ folder: string, main: string, files: string[], compatibilityDate: string }} worker a `.wasm` among the files is a compiled module
 * @param {(url: string) => Promise<T>} use
 */
export async function serveWithWorkerd(root, { folder, main, files, compatibilityDate }, use) {
  const modules = [main, ...files.filter((file) => file !== main)]
    .map((file) => `(name = "${file}", ${file.endsWith('.wasm') ? 'wasm' : 'esModule'} = embed "${file}")`);
  const port = await freePort();
  writeFileSync(join(folder, 'config.capnp'), `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (compatibilityDate = "${compatibilityDate}", modules = [${modules.join(', ')}])),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`);
  const { default: command } = createRequire(join(root, 'package.json'))('workerd');
  const args = ['serve', 'config.capnp', '--verbose', '--control-fd=1'];
  return serving({ command, args, cwd: folder, ready: /"event":\s*"listen"/ }, () => use(`http://127.0.0.1:${port}/`));
}
