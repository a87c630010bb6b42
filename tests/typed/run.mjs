// @ts-check
// The examples for the host: one signs and sends nothing, one calls the local endpoint over a transport of its own.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '../harness/project.mjs';
import { startServer } from '../../js/mock/server.js';

let passed = 0;
let failed = 0;

/** @param {string} name @param {boolean} holds @param {string} shown */
function check(name, holds, shown) {
  holds ? passed++ : failed++;
  console.log(`  ${holds ? 'ok  ' : 'FAIL'}  ${name}${holds ? '' : `\n${shown}`}`);
}

/** @param {string} name @param {string[]} args */
async function example(name, ...args) {
  const command = ['run', '--quiet', '--locked', '--example', name, '--', ...args];
  try {
    const { stdout } = await promisify(execFile)('cargo', command, { cwd: ROOT });
    return { ok: true, output: stdout };
  } catch (error) {
    return { ok: false, output: `${error.stdout}${error.stderr}` };
  }
}

const signed = await example('sign_on_host');
check('an example signs without sending', signed.ok && /^curl -X POST 'https:\/\/ivs\.us-west-2\.amazonaws\.com\/GetChannel'/.test(signed.output)
  && /authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-west-2\/ivs\/aws4_request/.test(signed.output), signed.output);
check('and reads answers', /Some\("studio"\) is of type Some\(Standard\)\nResourceNotFoundException Some\(404\): Resource not found/.test(signed.output), signed.output);

// The endpoint recomputes every signature.
const server = await startServer({ seed: 'typed' });
const toured = await example('own_transport', server.url);
const line = (/** @type {RegExp} */ pattern) => toured.ok && pattern.test(toured.output);
check('a transport over TcpStream creates a channel', line(/^created arn:aws:ivs:us-west-2:123456789012:channel\//m), toured.output);
check('its stream key is not shown', line(/^its key: Some\(\*\*\*\)$/m), toured.output);
check('lists it', line(/^listed Some\("studio"\)$/m), toured.output);
check('puts and reads tags, with the ARN in the path', line(/^tagged \{"team": "video"\}$/m), toured.output);
check('gets the error of a channel without a stream', line(/^nobody is live: \S/m), toured.output);
check('and deletes it', line(/^deleted$/m), toured.output);
await server.close();

const refused = await example('own_transport', server.url);
check('says when nobody answers', !refused.ok && /NetworkingError/.test(refused.output), refused.output);

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
