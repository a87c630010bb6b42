// @ts-check
// A server that breaks the rules of HTTP and TCP on purpose. The first segment of the path says which: /stall-body/GetChannel.
// Bytes are written to the socket as they are: an HTTP library would refuse to send most of this.
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { atEnd } from '../harness/cleanup.mjs';

const BODY = '{"channel":{"arn":"arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh","name":"n"}}';
const whole = (body = BODY, status = '200 OK', more = '') =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n${more}\r\n${body}`;
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n';
// Without `connection: close`: with it Node takes whatever came before the end for the whole.
const CHUNKED = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';
/** 12 MiB in 12 KiB. */
const BOMB = gzipSync(Buffer.alloc(12 * 1024 * 1024, ' '));

/** One piece of text every few milliseconds, until nobody listens. */
function drip(socket, text, every = 5, from = 0) {
  if (socket.destroyed || from >= text.length) return;
  socket.write(text.slice(from, from + 1));
  setTimeout(drip, every, socket, text, every, from + 1).unref();
}

/** The same text again and again, as fast as it is taken. */
function flood(socket, text) {
  const pump = () => {
    while (!socket.destroyed && socket.write(text));
  };
  socket.on('drain', pump);
  pump();
}

const redirect = (status) => (socket, { port }) =>
  socket.end(`HTTP/1.1 ${status} Moved\r\nlocation: http://127.0.0.1:${port}/caught/GetChannel\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);

/**
 * Each fault with the code that the caller is told. `more` holds codes that are right, too, where two truths compete.
 * @type {Record<string, { code: string, more?: string[], act: (socket: import('node:net').Socket, server: { port: number }) => unknown }>}
 */
export const FAULTS = {
  fine: { code: 'ok', act: (socket) => socket.end(whole()) },
  'empty-body': { code: 'ok', act: (socket) => socket.end(whole('')) },
  silent: { code: 'TimeoutError', act: () => {} },
  'drip-head': { code: 'TimeoutError', act: (socket) => drip(socket, whole(), 20) },
  'drip-body': { code: 'TimeoutError', act: (socket) => (socket.write(`${HEAD}content-length: 400\r\n\r\n`), drip(socket, BODY.padEnd(400), 20)) },
  'stall-head': { code: 'TimeoutError', act: (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-ty') },
  'stall-after-head': { code: 'TimeoutError', act: (socket) => socket.write(`${HEAD}content-length: 90\r\n\r\n`) },
  'stall-body': { code: 'TimeoutError', act: (socket) => socket.write(`${HEAD}content-length: 90\r\n\r\n${BODY.slice(0, 40)}`) },
  'stall-chunk': { code: 'TimeoutError', act: (socket) => socket.write(`${CHUNKED}40\r\n${BODY.slice(0, 20)}`) },
  'endless-continue': { code: 'TimeoutError', more: ['NetworkingError'], act: (socket) => drip(socket, 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(50), 1) },
  reset: { code: 'NetworkingError', act: (socket) => socket.resetAndDestroy() },
  'reset-head': { code: 'NetworkingError', act: (socket) => socket.write('HTTP/1.1 200 OK\r\ncon', () => socket.resetAndDestroy()) },
  'reset-body': { code: 'NetworkingError', act: (socket) => socket.write(`${HEAD}content-length: 90\r\n\r\n${BODY.slice(0, 40)}`, () => setTimeout(() => socket.resetAndDestroy(), 5)) },
  close: { code: 'NetworkingError', act: (socket) => socket.end() },
  'close-head': { code: 'NetworkingError', act: (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty') },
  'close-body': { code: 'NetworkingError', act: (socket) => socket.end(`${HEAD}content-length: 900\r\n\r\n${BODY}`) },
  'close-chunk': { code: 'NetworkingError', act: (socket) => socket.end(`${CHUNKED}400\r\n${BODY}`) },
  'length-too-small': { code: 'SyntaxError', more: ['NetworkingError'], act: (socket) => socket.end(`${HEAD}content-length: 20\r\n\r\n${BODY}`) },
  'length-no-number': { code: 'NetworkingError', act: (socket) => socket.end(`${HEAD}content-length: many\r\n\r\n${BODY}`) },
  'length-negative': { code: 'NetworkingError', act: (socket) => socket.end(`${HEAD}content-length: -1\r\n\r\n${BODY}`) },
  'two-lengths': { code: 'NetworkingError', act: (socket) => socket.end(`${HEAD}content-length: 5\r\ncontent-length: 90\r\n\r\n${BODY}`) },
  'bad-chunk': { code: 'NetworkingError', act: (socket) => socket.end(`${CHUNKED}zz\r\n${BODY}\r\n0\r\n\r\n`) },
  'not-http': { code: 'NetworkingError', act: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n') },
  'endless-head': { code: 'NetworkingError', act: (socket) => (socket.write('HTTP/1.1 200 OK\r\n'), flood(socket, `x-filler: ${'y'.repeat(1000)}\r\n`)) },
  'endless-body': { code: 'ResponseTooLarge', act: (socket) => (socket.write(CHUNKED), flood(socket, `10000\r\n${' '.repeat(65536)}\r\n`)) },
  'endless-without-length': { code: 'ResponseTooLarge', act: (socket) => (socket.write(`${HEAD}\r\n`), flood(socket, ' '.repeat(65536))) },
  'huge-announced': { code: 'ResponseTooLarge', act: (socket) => socket.write(`${HEAD}content-length: 99999999999\r\n\r\n${BODY}`) },
  'gzip-bomb': { code: 'ResponseTooLarge', act: (socket) => socket.end(Buffer.concat([Buffer.from(`${HEAD}content-encoding: gzip\r\ncontent-length: ${BOMB.length}\r\n\r\n`), BOMB])) },
  // Node 20 decodes what there is, other versions fail.
  'gzip-broken': { code: 'NetworkingError', more: ['SyntaxError'], act: (socket) => socket.end(Buffer.concat([Buffer.from(`${HEAD}content-encoding: gzip\r\ncontent-length: 100\r\n\r\n`), BOMB.subarray(0, 100)])) },
  'redirect-301': { code: 'UnknownError', act: redirect(301) },
  'redirect-302': { code: 'UnknownError', act: redirect(302) },
  'redirect-307': { code: 'UnknownError', act: redirect(307) },
  'redirect-308': { code: 'UnknownError', act: redirect(308) },
  html: { code: 'SyntaxError', act: (socket) => socket.end(whole('<html><body>Welcome to the hotel</body></html>')) },
  'half-json': { code: 'SyntaxError', act: (socket) => socket.end(whole(BODY.slice(0, 40))) },
  deep: { code: 'SyntaxError', act: (socket) => socket.end(whole(`{"channel":${'['.repeat(65)}${']'.repeat(65)}}`)) },
  'html-502': { code: 'UnknownError', act: (socket) => socket.end(whole('<html>Bad Gateway</html>', '502 Bad Gateway')) },
  'empty-503': { code: 'UnknownError', act: (socket) => socket.end(whole('', '503 Slow Down')) },
};

/** Starts it. `seen` counts requests by fault; `caught` are requests that followed a redirect. */
export async function startFaulty() {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const sockets = new Set();
  const asked = new WeakMap();
  /** The faults that still hold a connection. */
  const busy = () => [...sockets].map((socket) => asked.get(socket)).filter(Boolean);
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let received = '';
    socket.setEncoding('latin1').on('data', (text) => {
      received += text;
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(received.slice(0, end + 2))?.[1] ?? 0);
      if (received.length < end + 4 + length) return;
      const name = /^\S+ \/([^/]+)/.exec(received)?.[1] ?? '';
      received = '';
      seen.set(name, (seen.get(name) ?? 0) + 1);
      asked.set(socket, name);
      FAULTS[name]?.act(socket, { port });
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const stop = () => new Promise((resolve) => {
    for (const socket of sockets) socket.destroy();
    server.close(resolve);
  });
  atEnd(stop);
  return { url: `http://127.0.0.1:${port}`, port, seen, busy, stop };
}
