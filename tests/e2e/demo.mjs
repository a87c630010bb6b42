// @ts-check
// The walk on moto as tables: node tests/e2e/demo.mjs (after `make pack`). The packed library, installed as a user would, in Node and workerd.
import { runMain } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { PACKAGE } from '../harness/project.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { CREDENTIALS, startMoto } from '../harness/server.mjs';
import { table } from '../harness/table.mjs';
import { runInWorkerd } from '../harness/workerd.mjs';
import { expectRows } from './expect.mjs';

const HEADS = ['operation', 'status', 'attempts', 'ms', 'error'];
const FILES = ['walk.mjs', 'probe.mjs', 'scenario.mjs'].map((name) => new URL(name, import.meta.url));

await runMain(async () => {
  console.log(`Installing ${PACKAGE.name} ${PACKAGE.version} into an empty project …`);
  const folder = await installPackage({ name: 'demo', files: FILES });
  console.log('Starting moto, an AWS stand-in, with every signature checked by botocore …');
  const server = await startMoto();
  const input = { endpoint: server.url, region: 'us-west-2', credentials: CREDENTIALS, watch: true };

  let signed = 0;
  for (const [title, run] of Object.entries({ [`Node ${process.version}`]: runInCommand, workerd: runInWorkerd })) {
    const { result: rows, seen } = await server.watch(() => run(folder, 'scenario.mjs', input));
    signed += seen.filter((line) => line.verdict === 'signed').length;
    console.log(`\n${title}`);
    console.log(table(HEADS, rows.map((row) => [
      row.operation, row.status ?? 'not sent', row.attempts, row.milliseconds, row.code ? `${row.code}: ${row.text}` : '',
    ])));
    expectRows(rows, { watched: true });
  }
  console.log(`\nDone: ${signed} requests, each signature accepted. The first call of a table includes loading the WebAssembly.`);
  return 0;
});
