// @ts-check
// A suite that prints much at once and ends is read whole, however late it is read: its last line is the count.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { at } from '../build/project.mjs';
import { runSuite } from './run-suite.mjs';

const LINES = 2000;
const program = `
  import { runMain } from ${JSON.stringify(at('tests/harness/cleanup.mjs'))};
  await runMain(async () => { for (let i = 1; i <= ${LINES}; i++) console.log(\`line \${i}\`); });
`;

test('a program that nobody reads for a while loses no line when it ends', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data) => (text += data));
  const closed = once(child, 'close');
  // This program does nothing at all meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  await closed;
  assert.equal(text.trimEnd().split('\n').at(-1), `line ${LINES}`);
});

test('the log of a suite has its last line, also where a server that it forgot holds the pipe open', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ivs-wasm-'));
  try {
    const { code, output } = await runSuite(`sleep 60 & seq ${LINES}; echo "3 passed, 0 failed"`, join(folder, 'log'));
    assert.equal(code, 0);
    assert.match(output, /3 passed, 0 failed\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
