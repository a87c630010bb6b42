// @ts-check
// The demo as users run it: it ends well, leaves nothing behind, changes nothing on a server that is not ours, and fails when it has to.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { checks } from '../harness/checks.mjs';
import { atEnd, runMain } from '../harness/cleanup.mjs';
import { scratchFolder } from '../harness/scratch.mjs';
import { startServer } from '../../js/mock/server.js';
import { target } from './target.mjs';

const DEMO = fileURLToPath(new URL('run.mjs', import.meta.url));
const SECRET = 'a/secret+that+must+not+be+printed/1234567';
const RUNTIMES = [/^Node v/m, /^workerd/m, /^Chromium/m];

/** The environment without what would lead the demo elsewhere. */
const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'IVS_ENDPOINT' && !name.startsWith('AWS_')));

/**
 * Runs the demo with a temporary folder of its own. Every process that it starts has that folder in its environment, by
 * which those that are left are found (Linux).
 * @param {Record<string, string>} env
 * @param {{ interruptAt?: RegExp }} [options] interruptAt: sends SIGINT when this is printed
 */
async function demo(env, { interruptAt } = {}) {
  const temporary = scratchFolder('demo-test');
  const child = spawn(process.execPath, [DEMO], { env: { ...bare, ...env, TMPDIR: temporary }, stdio: ['ignore', 'pipe', 'pipe'] });
  atEnd(() => child.exitCode === null && child.kill('SIGKILL'));
  let output = '';
  let during = 0;
  const add = (/** @type {string} */ text) => {
    output += text;
    during ||= processesWith(`TMPDIR=${temporary}`).length;
    if (interruptAt?.test(output)) child.kill('SIGINT');
  };
  child.stdout.setEncoding('utf8').on('data', add);
  child.stderr.setEncoding('utf8').on('data', add);
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, output, during, files: readdirSync(temporary), processes: processesWith(`TMPDIR=${temporary}`) };
}

/** @param {string} text in a process's environment */
const processesWith = (text) => readdirSync('/proc').filter((entry) => {
  try {
    return /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/environ`, 'utf8').includes(text);
  } catch {
    return false; // it has ended meanwhile
  }
});

/** @param {{ during: number, files: string[], processes: string[], output: string }} end */
function leavesNothing({ during, files, processes, output }) {
  assert.ok(during > 0, 'its processes are found while it runs');
  assert.deepEqual([files, processes], [[], []], output);
}

await runMain(async () => {
  const { check, finish } = checks('The demo');

  await check('on the local endpoint: a table with totals for each runtime, exit code 0, nothing left', async () => {
    const end = await demo({});
    assert.equal(end.code, 0, end.output);
    for (const title of RUNTIMES) assert.match(end.output, title);
    assert.equal(end.output.match(/^total of 20 steps +258 +[\d.]+ +3 errors$/gm)?.length, 3, end.output);
    leavesNothing(end);
  });

  await check('with IVS_ENDPOINT and keys: only looks, and prints no secret', async () => {
    const server = await startServer({ accounts: [{ accountId: '123456789012', accessKeyId: 'AKIAOTHER', secretAccessKey: SECRET }] });
    const { liveChannelArn } = await server.control.scene();
    try {
      const end = await demo({ IVS_ENDPOINT: server.url, AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: SECRET });
      assert.equal(end.code, 0, end.output);
      const operations = server.control.calls().map(({ operation }) => String(operation));
      assert.deepEqual(operations.filter((name) => !/^(get|list|batchGet)[A-Z]/.test(name)), []);
      assert.equal(operations.length, 3 * 11, operations.join());
      assert.ok(operations.includes('getStream'), `${liveChannelArn} is live`);
      assert.ok(!end.output.includes(SECRET));
      leavesNothing(end);
    } finally {
      await server.close();
    }
  });

  await check('with IVS_ENDPOINT where nothing listens: says so in every table, exit code 1', async () => {
    const end = await demo({ IVS_ENDPOINT: `http://127.0.0.1:${await closedPort()}` });
    assert.equal(end.code, 1, end.output);
    assert.match(end.output, /3 of 3 runtimes failed/);
    leavesNothing(end);
  });

  for (const interruptAt of RUNTIMES.slice(1)) {
    await check(`interrupted at ${interruptAt}: nothing left`, async () => {
      const end = await demo({}, { interruptAt });
      assert.equal(end.code, 130, end.output);
      leavesNothing(end);
    });
  }

  await check('keys of AWS alone lead to Amazon IVS', () => {
    const given = target({ AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: 'token', AWS_REGION: 'eu-west-1' });
    assert.deepEqual(given, {
      name: 'Amazon IVS in eu-west-1', region: 'eu-west-1', fromEnvironment: true,
      credentials: { accessKeyId: 'AKIAOTHER', secretAccessKey: SECRET, sessionToken: 'token' },
    });
    assert.equal(target({ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIAOTHER' }), undefined, 'half a key leads nowhere');
  });
  return finish();
});

/** A port that was free a moment ago. @returns {Promise<number>} */
function closedPort() {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    server.close(() => resolve(port));
  }));
}
