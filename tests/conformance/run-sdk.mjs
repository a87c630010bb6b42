// @ts-check
// AWS's own SDKs pass the suite for the operations they have: so the endpoint is not fitted to our library.
//
//   node tests/conformance/run-sdk.mjs [v2|v3] [part of a case's name]
import { startServer } from '../../js/mock/server.js';
import { sdkV2, sdkV3 } from './adapters.mjs';
import { run } from './suite.js';

const [which, only] = process.argv.slice(2);
const total = { passed: 0, failed: 0 };
for (const [name, load] of Object.entries({ v2: sdkV2, v3: sdkV3 })) {
  if (which && which !== name) continue;
  const server = await startServer({ seed: name });
  console.log(`aws-sdk ${name}`);
  const { passed, failed } = await run({ ...(await load()), endpoint: server.url, only });
  total.passed += passed;
  total.failed += failed;
  await server.close();
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed || !total.passed ? 1 : 0;
