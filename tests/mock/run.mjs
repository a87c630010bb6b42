// @ts-check
// Runs the tests of the local endpoint and ends with the line that every test program of the project ends with.
import { readdirSync } from 'node:fs';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).map((name) => `${folder}${name}`);

let passed = 0;
let failed = 0;
for await (const { type, data } of run({ files, concurrency: 1 })) {
  // A file is reported as a test of its own; what counts is what stands in it. One that cannot be loaded fails as a file.
  const isFile = files.includes(data.name);
  if (type === 'test:pass' && !isFile) {
    passed++;
    console.log(`ok   ${data.name}`);
  }
  if (type === 'test:fail' && (!isFile || data.details.error.failureType !== 'subtestsFailed')) {
    failed++;
    console.log(`FAIL ${data.name}\n${data.details.error.cause?.stack ?? data.details.error.message}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;
