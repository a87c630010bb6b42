// @ts-check
// One loopback server for both clients: each play has a path of its own, where its answers lie ready.
import { createServer } from 'node:http';

/** @typedef {{ replies: import('./replies.mjs').Reply[], seen: any[], onRequest?: () => void }} Play */

/** @type {Map<string, Play>} */
const plays = new Map();

const server = createServer({ keepAliveTimeout: 20_000 }, (request, answer) => {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const url = request.url ?? '';
    const play = plays.get(url.split('/')[1]);
    if (!play) return void answer.writeHead(599).end();
    play.seen.push({ method: request.method, url, headers: request.headers, body: Buffer.concat(chunks) });
    play.onRequest?.();
    const reply = play.replies.length > 1 ? /** @type {any} */ (play.replies.shift()) : play.replies[0];
    if (reply.lost) return void request.socket.destroy();
    if (reply.silent) return;
    // Connections are not kept: whether a client notices in time that one was closed is not what is compared here.
    answer.writeHead(reply.status, { connection: 'close', ...reply.headers, ...(reply.status === 204 || reply.status === 304 ? {} : { 'content-length': Buffer.byteLength(reply.body) }) });
    answer.end(reply.body);
  });
});

/** @returns {Promise<string>} the address */
export async function listen() {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(0)));
  return `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`;
}

/** @param {string} name @param {Play} play */
export const open = (name, play) => void plays.set(name, play);
/** @param {string} name */
export const close = (name) => void plays.delete(name);
export function stop() {
  server.closeAllConnections();
  server.close();
}
