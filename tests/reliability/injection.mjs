// @ts-check
// Injection: texts that would change a request's shape are refused, or arrive escaped. Looked at from the wire: what
// fetch is given must be one URL of the right host and headers of one line each.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checks } from '../harness/checks.mjs';
import { runMain } from '../harness/cleanup.mjs';
import { IMPORT_NAME } from '../harness/install.mjs';
import { ARN, CREDENTIALS, REGION, load, outcome, project, word } from './library.mjs';

const NASTY = ['\r\nx-evil: 1', '\n', '\r', '\0', 'a\0b', '..', '../..', '%2e%2e', '%2F', '/', '//evil.example/', '\\', '?a=b', '#x', '&c=d', '@evil.example', ':80', ' ', '\t',
  '\u202e', '\u2066', '\ufeff', '\ud83d', '\udc00', 'é', '％２Ｆ', '。', '\u2028', '<', '"', "'", '`', '{', '}', '{region}', '|', '^', '~', '\u007f', 'x'.repeat(300), ''];

await runMain(async () => {
  const { check, finish } = checks('Injection');
  const folder = await project();
  const { IVS, IVSError } = await load(folder);
  /** @type {{ url: string, init: any }[]} */
  let sent = [];
  const fetch = async (/** @type {string} */ url, /** @type {any} */ init) => {
    sent.push({ url, init });
    return new Response('{}');
  };
  const base = { region: REGION, credentials: CREDENTIALS, fetch, maxRetries: 0 };
  const run = async (/** @type {object} */ options, /** @type {any} */ params = { arn: ARN }, operation = 'getChannel') => {
    sent = [];
    const result = await outcome(new IVS({ ...base, ...options })[operation](params), 2000);
    return word(result, IVSError);
  };
  /** What was sent is one request to this host. @param {string} host @param {string} path */
  const whole = (host, path) => {
    assert.equal(sent.length, 1);
    const { url, init } = sent[0];
    const parsed = new URL(url);
    assert.equal(parsed.href, url, 'the URL is what a parser makes of it');
    assert.deepEqual([parsed.protocol, parsed.host, parsed.username, parsed.password, parsed.hash], ['https:', host, '', '', '']);
    assert.equal(parsed.pathname.split('/').length, path.split('/').length, url);
    for (const [name, value] of Object.entries(init.headers)) assert.match(`${name}: ${value}`, /^[a-z0-9-]+: [\x20-\x7e]*$/);
    new Headers(init.headers);
    assert.equal(init.redirect, 'manual');
    return parsed;
  };
  const HOST = `ivs.${REGION}.amazonaws.com`;

  await check('in an ARN that goes into the path, and in tag keys that go into the query', async () => {
    let refused = 0;
    for (const nasty of NASTY) {
      for (const resourceArn of [nasty, ARN + nasty, nasty + ARN]) {
        const told = await run({}, { resourceArn }, 'listTagsForResource');
        if (told !== 'ok') {
          assert.ok(['UriParameterError', 'InvalidParameterType'].includes(told), told);
          refused++;
          continue;
        }
        assert.equal(decodeURIComponent(whole(HOST, '/tags/x').pathname.slice(6)), resourceArn.toWellFormed?.() ?? decodeURIComponent(encodeURIComponent(resourceArn.replace(/[\ud800-\udfff]/g, '\ufffd'))));
      }
      assert.equal(await run({}, { resourceArn: ARN, tagKeys: [nasty, 'second'] }, 'untagResource'), 'ok');
      assert.deepEqual(whole(HOST, '/tags/x').searchParams.getAll('tagKeys'), [nasty.replace(/[\ud800-\udfff]/g, '\ufffd'), 'second']);
    }
    assert.ok(refused > 0 && refused < 10, `${refused} refused`);
  });

  await check('in the region: only a host label is taken', async () => {
    for (const nasty of NASTY) {
      for (const region of [nasty, `us-west-2${nasty}`, `${nasty}us-west-2`]) {
        const told = await run({ region });
        if (/^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(region)) assert.equal(told, 'ok', region);
        else assert.deepEqual([told, sent.length], ['ConfigError', 0], JSON.stringify(region));
      }
    }
  });

  await check('in the region of who is asked for credentials: no token goes to another host', async () => {
    const provided = await import(pathToFileURL(join(folder, 'node_modules', IMPORT_NAME, 'credentials.js')).href);
    const { default: AWS } = await import(pathToFileURL(join(folder, 'node_modules', IMPORT_NAME, 'v2.js')).href);
    const keys = { accessKeyId: 'AKID', secretAccessKey: 's' };
    const asked = (/** @type {any} */ credentials) => new Promise((resolve, reject) => credentials.get((/** @type {any} */ error) => (error ? reject(error) : resolve(0))));
    /** @type {Record<string, (region: string) => Promise<unknown>>} */
    const ways = {
      fromWebToken: (region) => provided.fromWebToken({ region, fetch, maxRetries: 0, roleArn: 'arn:aws:iam::1:role/r', webIdentityToken: 'TOKEN' })(),
      fromTemporaryCredentials: (region) => provided.fromTemporaryCredentials({ region, fetch, maxRetries: 0, masterCredentials: keys, params: { RoleArn: 'r' } })(),
      fromCognitoIdentityPool: (region) => provided.fromCognitoIdentityPool({ region, fetch, maxRetries: 0, identityPoolId: 'us-west-2:x', logins: { a: 'TOKEN' } })(),
      'fromCognitoIdentityPool, region of the pool': (region) => provided.fromCognitoIdentityPool({ fetch, maxRetries: 0, identityPoolId: `${region}:x`, logins: { a: 'TOKEN' } })(),
      WebIdentityCredentials: (region) => asked(new AWS.WebIdentityCredentials({ RoleArn: 'r', WebIdentityToken: 'TOKEN' }, { region, maxRetries: 0, stsRegionalEndpoints: 'regional', httpOptions: { fetch } })),
      CognitoIdentityCredentials: (region) => asked(new AWS.CognitoIdentityCredentials({ IdentityPoolId: 'us-west-2:x', Logins: { a: 'TOKEN' } }, { region, maxRetries: 0, httpOptions: { fetch } })),
    };
    for (const [name, way] of Object.entries(ways)) {
      let refused = 0;
      for (const nasty of NASTY) {
        sent = [];
        const { error } = await outcome(way(`us-west-2${nasty}`), 2000);
        if (error?.code === 'ConfigError') refused++;
        else assert.ok(sent.length, `${name}: ${error}`);
        for (const { url } of sent) assert.match(new URL(url).hostname, /^(sts|cognito-identity)\.us-west-2[a-z0-9-]*\.amazonaws\.com$/, name);
      }
      assert.ok(refused > 20, `${name}: ${refused} refused`);
    }
    // A host of the region's own partition.
    sent = [];
    await outcome(ways.fromWebToken('eusc-de-east-1'), 2000);
    assert.equal(new URL(sent[0].url).hostname, 'sts.eusc-de-east-1.amazonaws.eu');
  });

  await check('in the endpoint: no user info, no other host than the one that is read', async () => {
    // {region} is filled in, as v2 does.
    for (const nasty of NASTY.filter((text) => text !== '{region}')) {
      for (const endpoint of [`https://h.example${nasty}`, `https://h.example/p${nasty}`, `${nasty}h.example`, `https://user${nasty}:x@h.example`, `https://${nasty}@h.example`]) {
        const told = await run({ endpoint });
        if (told === 'ok') {
          const parsed = new URL(sent[0].url);
          assert.equal(parsed.href, sent[0].url, endpoint);
          assert.deepEqual([parsed.username, parsed.password, parsed.search, parsed.hash], ['', '', '', ''], endpoint);
          assert.ok(parsed.hostname.endsWith('h.example') || parsed.hostname === new URL(/:\/\//.test(endpoint) ? endpoint : `https://${endpoint}`).hostname, `${endpoint} → ${parsed.hostname}`);
        } else assert.deepEqual([told, sent.length], ['ConfigError', 0], JSON.stringify(endpoint));
      }
    }
    for (const endpoint of ['javascript:alert(1)', 'file:///etc/passwd', 'data:,x', 'ftp://h.example', 'ws://h.example', 'https://', 'https:///x', 'http:h.example/@evil', 'https://h.example:99999', 'https://[::1', 'https://a b']) {
      assert.deepEqual([await run({ endpoint }), sent.length], ['ConfigError', 0], endpoint);
    }
    assert.equal(await run({ endpoint: 'h.example' }), 'ok');
    assert.match(sent[0].url, /^https:/, 'https unless http is asked for');
  });

  await check('in credentials and the user agent', async () => {
    for (const nasty of NASTY) {
      for (const [name, value] of Object.entries({ accessKeyId: `AKID${nasty}`, sessionToken: `T${nasty}` })) {
        const told = await run({ credentials: { ...CREDENTIALS, [name]: value } });
        if (told === 'ok') whole(HOST, '/GetChannel');
        else assert.deepEqual([told, sent.length], ['CredentialsError', 0], JSON.stringify(value));
      }
      assert.equal(await run({ credentials: { ...CREDENTIALS, secretAccessKey: `s${nasty}` } }), 'ok', 'a secret is never sent');
      const told = await run({ customUserAgent: `app${nasty}` });
      if (told === 'ok') whole(HOST, '/GetChannel');
      else assert.equal(told, 'ConfigError');
    }
  });

  await check('a forwarded redirect carries nothing: it is not followed, and its target never asked', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      let asked = 0;
      const redirecting = async () => (asked++, new Response('', { status, headers: { location: 'https://evil.example/' } }));
      assert.equal(await run({ fetch: redirecting, maxRetries: 3 }), 'UnknownError');
      assert.equal(asked, 1);
    }
    // What a browser shows of a redirect that is not followed.
    const opaque = { status: 0, statusText: '', type: 'opaqueredirect', headers: new Headers(), body: null, text: async () => '' };
    assert.ok(['UnknownError', 'NetworkingError'].includes(await run({ fetch: async () => opaque })));
  });

  await check('in headers that a listener of v2 edits', async () => {
    const { default: AWS } = await import(pathToFileURL(join(folder, 'node_modules/ivs-wasm/v2.js')).href).catch(async () => import(pathToFileURL(join(folder, 'node_modules/ivs-wasm/v2/index.js')).href));
    for (const nasty of NASTY) {
      for (const [name, value] of [[`x-mine${nasty}`, 'v'], ['x-mine', `v${nasty}`]]) {
        sent = [];
        const ivs = new AWS.IVS({ region: REGION, ...CREDENTIALS, maxRetries: 0, fetch });
        const request = ivs.getChannel({ arn: ARN }).on('build', (/** @type {any} */ built) => { built.httpRequest.headers[name] = value; });
        const result = await outcome(request.promise(), 2000);
        assert.ok(!result.hung, JSON.stringify([name, value]));
        for (const { url, init } of sent) {
          assert.equal(new URL(url).host, HOST);
          // Either the platform refuses it, or it is one header with one line.
          let headers;
          try {
            headers = new Headers(init.headers);
          } catch {
            continue;
          }
          assert.equal(headers.get('x-evil'), null);
        }
      }
    }
  });
  return finish();
});
