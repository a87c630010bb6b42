// @ts-check
// A file server on a loopback port, for pages.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { atEnd } from './cleanup.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript',
  '.json': 'application/json', '.wasm': 'application/wasm',
};
const PAGE = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>test</title>';

/**
 * Serves the files of `folder`; `/` is `html`.
 * @param {string} folder
 * @param {{html?: string, headers?: Record<string, string>}} [options]
 */
export async function serveFolder(folder, { html = PAGE, headers = {} } = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const type = path === '/' ? '.html' : extname(path);
    const body = path === '/' ? html : await readFile(join(folder, path)).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': TYPES[type] ?? 'application/octet-stream', ...headers });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  atEnd(stop);
  return { url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`, stop };
}
