// @ts-check
// The endpoint as an HTTP server on loopback. Node only.
//
//   node js/mock/server.js --port 4566 --seed 1
import http from 'node:http';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { connectionOf } from './faults.js';
import { createIvs } from './index.js';

const DRIP = 16;
/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * @param {import('./endpoint.js').Options & { port?: number, host?: string }} [options] port 0, the default, takes a free one
 */
export async function startServer({ port = 0, host = '127.0.0.1', ...options } = {}) {
  const ivs = createIvs(options);
  const server = http.createServer((request, response) => {
    serve(ivs, request, response).catch((error) => {
      // A mistake of the endpoint itself: loud, so that no test takes it for a fault it asked for.
      console.error(error);
      response.destroy(error);
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(undefined));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    ...ivs,
    url: `http://${host}:${address.port}`,
    port: address.port,
    /** Closes idle and busy connections alike: a hanging answer must not keep a test process alive. */
    close: () => new Promise((resolve) => {
      server.close(() => resolve(undefined));
      server.closeAllConnections();
    }),
  };
}

/** @param {ReturnType<typeof createIvs>} ivs @param {http.IncomingMessage} request @param {http.ServerResponse} response */
async function serve(ivs, request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const target = request.url ?? '/';
  const at = target.indexOf('?');
  const answer = await ivs.handle({
    method: request.method ?? 'GET',
    path: at < 0 ? target : target.slice(0, at),
    query: at < 0 ? '' : target.slice(at + 1),
    headers: new Map(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value ?? ''])),
    body: Buffer.concat(chunks),
  });
  await send(answer, request, response);
}

/** @param {import('./endpoint.js').Answer} answer @param {http.IncomingMessage} request @param {http.ServerResponse} response */
async function send(answer, request, response) {
  const { status, headers, body, fault } = answer;
  if (fault?.delayMs) await sleep(fault.delayMs);
  const connection = connectionOf(answer);
  if (connection === 'hang') return;
  if (connection === 'reset') return void request.socket.resetAndDestroy();
  const bytes = Buffer.from(body);
  const extra = connection === 'short' ? 64 : 0;
  const length = status === 204 ? {} : { 'content-length': String(bytes.length + extra) };
  response.writeHead(status, { ...length, ...headers });
  switch (connection) {
    case 'drip':
      for (let from = 0; from < bytes.length && !response.destroyed; from += DRIP) {
        response.write(bytes.subarray(from, from + DRIP));
        await sleep(fault?.dripMs ?? 20);
      }
      return void response.end();
    case 'stall':
      return void response.write(bytes.subarray(0, bytes.length >> 1));
    case 'short':
      return void response.write(bytes, () => request.socket.destroy());
    default:
      response.end(status === 204 ? undefined : bytes);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, host: { type: 'string', default: '127.0.0.1' }, seed: { type: 'string' } },
  });
  const { url } = await startServer({ port: Number(values.port), host: values.host, seed: values.seed });
  console.log(`Amazon IVS in memory at ${url}`);
}
