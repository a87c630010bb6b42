// @ts-check
// The demo: installs the packed library as a user would and walks through the API from Node, from a Worker and from a page.
// Without anything in the environment, on the local endpoint, the whole life of a channel. With IVS_ENDPOINT=<URL>, or with
// keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, on that server, and only what changes nothing.
import { statSync } from 'node:fs';
import { runInChromium } from '../harness/chromium.mjs';
import { atEnd, runMain } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { PACKAGE, tarball } from '../harness/project.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { CREDENTIALS } from '../harness/server.mjs';
import { table } from '../harness/table.mjs';
import { runInWorkerd } from '../harness/workerd.mjs';
import { startServer } from '../../js/mock/server.js';
import { expectLife } from './expect.mjs';
import { target } from './target.mjs';

/** @typedef {import('./recorder.mjs').Row} Row */

const FILES = ['scenario.mjs', 'life.mjs', 'look.mjs', 'recorder.mjs'].map((name) => new URL(name, import.meta.url));
const RUNTIMES = { [`Node ${process.version}`]: runInCommand, 'workerd (Cloudflare Workers)': runInWorkerd, 'Chromium, headless': runInChromium };

await runMain(async () => {
  console.log(`${PACKAGE.name} ${PACKAGE.version}: installing the tarball, ${statSync(tarball()).size} bytes, into an empty project …`);
  const folder = await installPackage({ name: 'demo', files: FILES });
  const other = target(process.env);
  const failed = other ? await lookAt(folder, other) : await live(folder);
  return failed ? 1 : 0;
});

/** The whole life on the local endpoint. Gives how many runtimes failed. @param {string} folder */
async function live(folder) {
  const server = await startServer({ seed: 'demo' });
  atEnd(server.close);
  console.log(`Amazon IVS in memory at ${server.url}; it checks every signature with a verifier of its own.`);
  return inEach(async (run) => {
    server.control.reset();
    const walked = await run(folder, 'scenario.mjs', { endpoint: server.url, region: 'us-west-2', credentials: CREDENTIALS });
    show(walked.rows);
    expectLife(walked, server.control.calls());
  });
}

/** What changes nothing, on another server. @param {string} folder @param {NonNullable<ReturnType<typeof target>>} other */
async function lookAt(folder, { name, credentials, fromEnvironment, ...where }) {
  console.log(`Looking at ${name}: nothing is changed there.`);
  return inEach(async (run) => {
    const given = run === runInCommand && fromEnvironment ? undefined : credentials;
    const { rows } = await run(folder, 'scenario.mjs', { ...where, ...(given && { credentials: given }), readOnly: true });
    show(rows);
    const failures = rows.filter((/** @type {Row} */ row) => row.code && row.code !== 'MissingRequiredParameter');
    if (failures.length) throw new Error(`${failures.length} of ${rows.length} calls failed`);
  });
}

/** @param {(run: (folder: string, file: string, input: any) => Promise<any>) => Promise<void>} walk */
async function inEach(walk) {
  let failed = 0;
  for (const [title, run] of Object.entries(RUNTIMES)) {
    console.log(`\n${title}`);
    try {
      await walk(run);
    } catch (error) {
      failed += 1;
      console.log(`FAILED in ${title}: ${error.message}`);
    }
  }
  const runtimes = Object.keys(RUNTIMES).length;
  console.log(failed ? `\n${failed} of ${runtimes} runtimes failed.` : `\nThe same in ${runtimes} runtimes. A table's first call includes loading the WebAssembly.`);
  return failed;
}

/** @param {Row[]} rows */
function show(rows) {
  /** @param {'attempts' | 'milliseconds'} key */
  const total = (key) => Math.round(rows.reduce((sum, row) => sum + row[key], 0) * 10) / 10;
  const errors = rows.filter(({ code }) => code).length;
  const lines = rows.flatMap(({ operation, status, attempts, milliseconds, code, text, aside }) => {
    if (aside) return [[operation, '', '', '', '']];
    const [first, ...more] = code ? `${code}: ${text}`.split('\n') : [''];
    return [[operation, status ?? 'not sent', attempts, milliseconds, first], ...more.map((line) => ['', '', '', '', line])];
  });
  const sum = [`total of ${rows.filter(({ aside }) => !aside).length} steps`, '', total('attempts'), total('milliseconds'), `${errors} ${errors === 1 ? 'error' : 'errors'}`];
  console.log(table(['operation', 'status', 'attempts', 'ms', 'error'], [...lines, sum]));
}
