// @ts-check
// End to end against a server that we did not write (moto), with every signature checked by a signer that we did not
// write (botocore): the packed library in Node, workerd and a page of Chromium.
import assert from 'node:assert/strict';
import { checks } from '../harness/checks.mjs';
import { runInChromium } from '../harness/chromium.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { installPackage } from '../harness/install.mjs';
import { runInCommand } from '../harness/scenario.mjs';
import { CREDENTIALS, SESSION, startMoto } from '../harness/server.mjs';
import { runInWorkerd } from '../harness/workerd.mjs';
import { controls } from './controls.mjs';
import { expectRows, expectSeen } from './expect.mjs';
import { tamper } from './tamper.mjs';

const FILES = ['walk.mjs', 'probe.mjs', 'scenario.mjs', 'scenario.cjs'].map((name) => new URL(name, import.meta.url));

await runMain(async () => {
  const { check, finish } = checks('end to end against moto, signatures checked by botocore');
  const [folder, server] = await Promise.all([installPackage({ name: 'e2e', files: FILES }), startMoto()]);
  const input = { endpoint: server.url, region: 'us-west-2', credentials: CREDENTIALS };

  const runtimes = {
    'Node, import': (value) => runInCommand(folder, 'scenario.mjs', value),
    'Node, require': (value) => runInCommand(folder, 'scenario.cjs', value),
    workerd: (value) => runInWorkerd(folder, 'scenario.mjs', value),
    Chromium: (value) => runInChromium(folder, 'scenario.mjs', value),
  };

  await tamper(check, server);
  for (const [name, run] of Object.entries(runtimes)) {
    const page = name === 'Chromium';
    await check(`${name}: the life of a channel`, async () => {
      const { result, seen } = await server.watch(() => run(input));
      expectRows(result, { codes: !page });
      expectSeen(seen);
      assert.equal(seen.some((line) => line.verdict === 'preflight'), page, 'only a page sends preflights');
    });
    await check(`${name}: the same with a session token and a given fetch`, async () => {
      const { result, seen } = await server.watch(() => run({ ...input, credentials: SESSION, watch: true }));
      expectRows(result, { codes: !page, watched: true });
      expectSeen(seen, { token: true });
    });
    if (name === 'Node, require') continue;
    await check(`${name}: unsigned and wrongly signed calls are refused`, async () => {
      const { result, seen } = await server.watch(() => run({ ...input, probe: true }));
      assert.equal(result.unsigned, 403);
      assert.equal(result.foreignHeader, page ? 'TypeError' : 403);
      assert.equal(result.wrongSecret.statusCode, 403);
      assert.match(result.wrongSecret.message, /signature we calculated does not match/);
      const verdicts = seen.map((line) => line.verdict).filter((verdict) => verdict !== 'preflight');
      // A page's foreign header stops at the preflight; a wrong secret is not worth a second attempt.
      const unsigned = Array(page ? 1 : 2).fill('MissingAuthenticationTokenException');
      assert.deepEqual(verdicts, [...unsigned, 'InvalidSignatureException']);
    });
  }
  await controls(check, server, input);
  return finish();
});
