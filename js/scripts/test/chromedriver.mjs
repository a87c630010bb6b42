#!/usr/bin/env node
// @ts-check
// chromedriver for wasm-bindgen's test runner: chromedriver.mjs --port=N [...], in place of chromedriver itself.
//
// The runner's file server can starve a connection when a browser opens several at once (a task that is queued while its four
// threads are about to be taken waits until one is given back, and kept-alive connections give none back). A page with a handful
// of modules, as ours, then loads for ever, four times in ten. So the page is fetched through here, over two connections.
import { spawn } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import { connect, createServer as listen } from 'node:net';

const port = Number(process.argv.map((arg) => /^--port=(\d+)$/.exec(arg)?.[1]).find(Boolean));
const others = process.argv.slice(2).filter((arg) => !arg.startsWith('--port='));
const files = new Agent({ keepAlive: true, maxSockets: 2 });
/** The runner's file server. */
let site = 0;

const driver = await freePort();
// The runner ends this program without warning; then the shell's input ends, and with it chromedriver.
const shell = spawn('sh', ['-c', '"$@" <&- & read -r _; kill $!', 'sh', process.env.IVS_WASM_CHROMEDRIVER ?? 'chromedriver', `--port=${driver}`, ...others],
  { stdio: ['pipe', 'inherit', 'inherit'] });
shell.on('exit', (code) => process.exit(code ?? 1));
await answering(driver);
createServer(async (incoming, outgoing) => {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const path = incoming.url ?? '/';
  let body = Buffer.concat(chunks);
  const isDriver = /^\/(session|sessions|status|shutdown)(\/|$)/.test(path);
  if (isDriver && path.endsWith('/url') && incoming.method === 'POST') body = redirected(body);
  const target = isDriver ? { port: driver } : { port: site, agent: files };
  const headers = { ...incoming.headers, host: `127.0.0.1:${target.port}`, ...(body.length ? { 'content-length': body.length } : {}) };
  request({ ...target, host: '127.0.0.1', method: incoming.method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  }).on('error', () => outgoing.writeHead(502).end()).end(body);
}).listen(port, '127.0.0.1');

/** Sends the browser here instead of to the file server. @param {Buffer} body */
function redirected(body) {
  const { url } = JSON.parse(body.toString());
  const wanted = new URL(url);
  site = Number(wanted.port);
  wanted.port = String(port);
  return Buffer.from(JSON.stringify({ url: wanted.href }));
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = listen().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {number} at @returns {Promise<void>} */
async function answering(at) {
  for (;;) {
    const found = await new Promise((resolve) => {
      const socket = connect(at, '127.0.0.1', () => (socket.destroy(), resolve(true))).on('error', () => resolve(false));
    });
    if (found) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
