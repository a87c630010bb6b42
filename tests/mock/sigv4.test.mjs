// The endpoint's own SigV4 against AWS's published vectors, stage by stage, and against what aws-sdk v2 was seen to send.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hex, sha256 } from '../../js/mock/crypto.js';
import { canonicalRequest, signature, stringToSign } from '../../js/mock/sigv4.js';
import { createIvs } from '../../js/mock/index.js';

const data = new URL('../data/', import.meta.url);
const read = (url) => readFileSync(url, 'utf8');
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

/** Folders with a .req file, at any depth. */
function cases(folder) {
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap((entry) => {
    const inner = new URL(`${entry.name}/`, folder);
    return existsSync(new URL(`${entry.name}.req`, inner)) ? [{ name: entry.name, at: (ext) => new URL(`${entry.name}.${ext}`, inner) }] : cases(inner);
  });
}

/** A request as text: start line, headers (repeated ones joined, folded ones unfolded), body. */
function parseRequest(text) {
  const [head, ...rest] = text.split('\n\n');
  const [start, ...lines] = head.split('\n');
  const [, method, target] = /** @type {RegExpExecArray} */ (/^(\S+) (.*) HTTP\/1\.1$/.exec(start));
  const headers = new Map();
  let last = '';
  for (const line of lines) {
    if (/^\s/.test(line)) {
      headers.set(last, `${headers.get(last)},${line.trim()}`);
      continue;
    }
    const at = line.indexOf(':');
    last = line.slice(0, at).toLowerCase();
    const value = line.slice(at + 1).trim();
    headers.set(last, headers.has(last) ? `${headers.get(last)},${value}` : value);
  }
  const at = target.indexOf('?');
  return { method, path: at < 0 ? target : target.slice(0, at), query: at < 0 ? '' : target.slice(at + 1), headers, body: rest.join('\n\n') };
}

// Two vectors turn form bodies into query pairs, a rule of the old query protocol. IVS has no forms, and a verifier that
// followed that rule would let a body be moved into the query.
const suite = cases(new URL('aws-sig-v4-test-suite/', data)).filter(({ name }) => !name.startsWith('post-x-www-form-urlencoded'));
test('there are published vectors to check against', () => assert.ok(suite.length >= 28, `${suite.length}`));

for (const { name, at } of suite) {
  test(`published vector ${name}: canonical request, string to sign, signature`, async () => {
    const request = parseRequest(read(at('req')));
    const authorization = read(at('authz'));
    const signedHeaders = String(authorization.match(/SignedHeaders=([^,]*)/)?.[1]).split(';');
    const scope = { accessKeyId: 'AKIDEXAMPLE', date: '20150830', region: 'us-east-1', service: 'service', terminator: 'aws4_request' };
    const canonical = canonicalRequest({ ...request, bodyHash: hex(await sha256(request.body)) }, signedHeaders);
    assert.equal(canonical, read(at('creq')));
    const text = await stringToSign('20150830T123600Z', scope, canonical);
    assert.equal(text, read(at('sts')));
    assert.equal(await signature(SECRET, scope, text), authorization.match(/Signature=([0-9a-f]{64})/)?.[1]);
  });
}

const golden = JSON.parse(read(new URL('v2-golden.json', data)));

test(`all ${golden.requests.length} recorded requests of aws-sdk v2 are let in, and none with one letter changed`, async () => {
  const { credentials } = golden.meta;
  for (const { op, case: kind, flavour, creds, request } of golden.requests) {
    const ivs = createIvs({ now: () => Date.parse(golden.meta.clock), accounts: [{ accountId: '123456789012', ...credentials[creds] }] });
    const headers = new Map(Object.entries({ host: request.host, ...request.headers, ...request.unset }).map(([k, v]) => [k.toLowerCase(), String(v)]));
    const at = request.path.indexOf('?');
    const incoming = {
      method: request.method, headers, body: request.body ?? '',
      path: at < 0 ? request.path : request.path.slice(0, at), query: at < 0 ? '' : request.path.slice(at + 1),
    };
    const label = `${op} ${kind} ${flavour} ${creds}`;
    const good = await ivs.handle(incoming);
    assert.notEqual(good.status, 403, `${label}: ${good.body}`);
    const wrong = new Map(headers).set('authorization', String(headers.get('authorization')).replace(/.$/, (c) => (c === '0' ? '1' : '0')));
    const bad = await ivs.handle({ ...incoming, headers: wrong });
    assert.equal(bad.headers['x-amzn-errortype'], 'InvalidSignatureException', label);
  }
});
