// The endpoint and the conformance suite compile in TypeScript's strict mode, and the declarations say what is there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { toolPath } from '../harness/project.mjs';

test('types are right, and the declarations of ivs-wasm/mock are those of the code', () => {
  const project = fileURLToPath(new URL('tsconfig.json', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [toolPath('typescript/bin/tsc'), '-p', project], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});
