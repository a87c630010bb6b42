// @ts-check
// The packed library in every runtime, bundler and framework that we know how to try here: each row is one signed call to
// the local endpoint, made by an application that was set up the way a user would.
//   node tests/matrix/run.mjs [part of a title…]    with --bless the table of docs/where-it-runs.md is written anew
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { startServer } from '../../js/mock/server.js';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { table } from '../harness/table.mjs';
import { installRuntimes } from '../packaging/runtimes.mjs';
import { FILES, ways } from '../packaging/ways.mjs';
import { NOT_HERE } from './not-here.mjs';
import { checkPage } from './page-of-results.mjs';

/**
 * title: names the row; group: its table; versions: of what was tried; how: what a user has to do; run: makes the call named in
 * its input and gives the channel; refused: the call must end with this text instead; calls: what the endpoint sees if it is more.
 * @typedef {{ title: string, group: string, versions: () => string | Promise<string>, how: string,
 *   run: (input: any) => Promise<any>, refused?: RegExp, says?: string, calls?: string[] }} Row
 */

/** @returns {Promise<Row[]>} */
async function ownRows() {
  const files = readdirSync(new URL('rows/', import.meta.url)).sort();
  const modules = await Promise.all(files.map((file) => import(new URL(`rows/${file}`, import.meta.url).href)));
  return modules.flatMap(({ default: rows }) => rows);
}

await runMain(async () => {
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  await installRuntimes();
  const { check, finish } = checks('the packed library in every runtime, bundler and framework');
  const folder = await installPackage({ name: 'matrix-user', files: FILES });
  /** @type {Row[]} */
  const all = [...await ways(folder), ...await ownRows()];
  const rows = all.filter(({ title }) => !wanted.length || wanted.some((word) => title.toLowerCase().includes(word.toLowerCase())));
  const endpoint = await startServer({ seed: 'matrix' });
  const options = { endpoint: endpoint.url, region: 'us-west-2', credentials: endpoint.credentials };

  /** @type {(Row & { tried: string })[]} */
  const done = [];
  for (const row of rows) {
    await check(row.title, async () => {
      endpoint.control.reset();
      const name = row.title.replace(/[^\w-]+/g, '_').slice(0, 60);
      const result = await row.run({ ...options, name });
      const calls = endpoint.control.calls().map(({ operation, status }) => `${operation} ${status}`);
      if (row.refused) {
        assert.match(String(result), row.refused);
        assert.deepEqual(calls, []);
      } else {
        assert.equal(result.name, name);
        assert.match(result.arn, /:channel\//);
        // Once, and with a signature that the endpoint accepts.
        assert.deepEqual(calls, row.calls ?? ['createChannel 200']);
      }
      done.push({ ...row, tried: await row.versions() });
      console.log(`        ${done.at(-1)?.tried}: ${row.refused ? row.says : result.arn}`);
    });
  }
  await endpoint.close();
  console.log(`\n${table(['where', 'tried with', 'result'], done.map((row) => [row.title, row.tried, row.refused ? row.says : 'ok']))}\n`);
  if (!wanted.length && done.length === rows.length) {
    await check('docs/where-it-runs.md says so', () => checkPage(done, NOT_HERE, process.argv.includes('--bless')));
  }
  return finish();
});
