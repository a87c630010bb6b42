// @ts-check
// Every row that was recorded of SDK v2 in Chromium, against ivs-wasm/v2 in Chromium. A row without a plan fails, and so does a
// difference that is not told here with its reason.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { atEnd, runMain } from '../harness/cleanup.mjs';
import { runInChromium } from '../harness/chromium.mjs';
import { installPackage } from '../harness/install.mjs';

const { browserObserved } = JSON.parse(readFileSync(new URL('../data/v2-golden.json', import.meta.url), 'utf8'));
const BODY = '{"channel":{"arn":"z"}}';

/**
 * How each row is played, and where we differ.
 * @type {Record<string, { path?: string, options?: any, dead?: boolean, abort?: number[], token?: boolean, operation?: string, params?: any, ours?: any, because?: string }>}
 */
const PLANS = {
  '200, headers not exposed': {},
  '200, x-amzn-requestid and date exposed': { path: 'exposed' },
  '404 errortype header not exposed, body exceptionMessage': { path: 'missing', ours: { error: { message: 'nope' } }, because: 'the text of exceptionMessage is the message' },
  '404 errortype header exposed, body exceptionMessage': { path: 'missing-exposed', ours: { error: { message: 'nope' } }, because: 'as above' },
  'no CORS headers': { path: 'no-cors', ours: { error: { message: 'Failed to fetch' } }, because: 'the words of fetch; v2 had XMLHttpRequest, which has none' },
  'body cut': { path: 'cut', ours: { error: { message: 'Failed to fetch' } }, because: 'as above' },
  'connection reset': { path: 'reset', ours: { error: { message: 'Failed to fetch' } }, because: 'as above' },
  'connection refused': { dead: true, ours: { error: { message: 'Failed to fetch' } }, because: 'as above' },
  'httpOptions.timeout 100 passed': { path: 'never', options: { httpOptions: { timeout: 100 } }, ours: { error: { message: 'Connection timed out after 100ms' } }, because: 'the text that v2 has in Node' },
  'abort in flight or in the same tick, maxRetries 0 or 3': {
    path: 'never', abort: [0, 40], ours: { error: { message: 'Request aborted by user' } }, because: 'the text that v2 has in Node; the contract asks for one in every case',
  },
  '307 followed by the browser': {
    path: 'moved', ours: { data: undefined, error: { code: 'UnknownError' } }, because: 'redirects are errors: a signature holds for one host, and the session token is for that host only',
  },
  'event order': {},
  'listTagsForResource resourceArn ".."': {
    operation: 'listTagsForResource', params: { resourceArn: '..' }, ours: { note: undefined, error: { code: 'UriParameterError' }, asked: [] }, because: 'the browser folds such a path after it was signed, so it is refused',
  },
  preflight: { path: 'preflight', token: true },
};

/** What was asked of each path, and the headers that a preflight named. @type {{ path: string, method: string, names?: string[] }[]} */
const asked = [];

async function serve() {
  const server = createServer((request, response) => {
    const [, path, rest] = (request.url ?? '').split('/');
    const names = request.headers['access-control-request-headers']?.split(',').sort();
    asked.push({ path: `${path}/${rest}`, method: request.method ?? '', names });
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-methods': '*', 'access-control-allow-headers': names?.join(',') ?? '*' };
    const isMissing = path.startsWith('missing');
    const shown = path.endsWith('exposed') ? { 'access-control-expose-headers': isMissing ? 'x-amzn-requestid, x-amzn-errortype' : 'x-amzn-requestid, date' } : {};
    if (request.method === 'OPTIONS') return void response.writeHead(path === 'no-cors' ? 403 : 204, path === 'no-cors' ? {} : cors).end();
    if (path === 'never') return;
    if (path === 'reset') return void request.socket.destroy();
    if (path === 'moved') return void response.writeHead(307, { ...cors, location: '/fine/GetChannel' }).end();
    const headers = { ...cors, ...shown, ...(path !== 'exposed' && { 'content-type': 'application/json' }), 'x-amzn-requestid': 'rid', ...(isMissing && { 'x-amzn-errortype': 'ResourceNotFoundException:http://x/' }) };
    response.writeHead(isMissing ? 404 : 200, path === 'cut' ? { ...headers, 'content-length': 500 } : headers);
    // Two parts, so that there is no content-length: none was there when the rows were recorded.
    response.write(isMissing ? '{"exceptionMessage"' : BODY.slice(0, 5));
    if (path === 'cut') return void setTimeout(() => request.socket.destroy(), 50);
    response.end(isMissing ? ':"nope"}' : BODY.slice(5));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(0)));
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`;
}

/** The port of a server that is gone. @returns {Promise<string>} */
const gone = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = /** @type {any} */ (server.address());
    server.close(() => resolve(`http://127.0.0.1:${port}`));
  });
});

/** What a row says and we say otherwise, with its place. @param {any} expected @param {any} found @param {string} [path] @returns {string[]} */
function differences(expected, found, path = '') {
  if (!expected || typeof expected !== 'object') return Object.is(expected, found) ? [] : [`${path}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];
  if (Array.isArray(expected)) return JSON.stringify(expected) === JSON.stringify(found) ? [] : [`${path}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];
  return Object.entries(expected).flatMap(([key, value]) => differences(value, found?.[key], `${path}.${key}`));
}

/** @param {any} row @param {any} ours */
const merged = (row, ours) => Object.fromEntries(Object.keys({ ...row, ...ours }).map((key) => [key, ours?.[key] && row[key] && !Array.isArray(ours[key]) ? { ...row[key], ...ours[key] } : ours && key in ours ? ours[key] : row[key]]));

await runMain(async () => {
  const folder = await installPackage({ name: 'v2-rows', files: [new URL('rows.mjs', import.meta.url)] });
  const results = await runInChromium(folder, 'rows.mjs', { base: await serve(), dead: await gone(), plans: PLANS });
  let [passed, failed] = [0, 0];
  const fail = (/** @type {string} */ text) => {
    failed++;
    console.log(`FAIL ${text}`);
  };
  for (const { case: name, ...row } of browserObserved.rows) {
    const plan = PLANS[name];
    if (!plan) {
      fail(`${name}: nothing plays this row`);
      continue;
    }
    const of = (/** @type {string} */ start) => asked.filter(({ path }) => path.startsWith(start));
    const found = { ...results[name], asked: of('fine/tags'), accessControlRequestHeaders: of('preflight/').find(({ names }) => names)?.names };
    const wrong = differences(merged(row, plan.ours), found);
    const unneeded = plan.ours && !differences(row, found).length;
    if (wrong.length || unneeded) fail(`${name}: ${wrong.join('; ') || 'the difference that is told of is gone'}`);
    else passed++;
  }
  for (const name of Object.keys(PLANS)) if (!browserObserved.rows.some((/** @type {any} */ row) => row.case === name)) fail(`${name}: there is no such row`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed || !passed ? 1 : 0;
});
