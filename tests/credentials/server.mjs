// @ts-check
// STS, Cognito and IVS on one loopback port, which keeps what it was asked.
import { createServer } from 'node:http';
import { complaint } from '../parity/verify.mjs';
import { fine } from './answers.mjs';

/** The secrets of all keys in these tests. @type {Record<string, string>} */
export const SECRETS = { AKIDMASTER: 'mastersecret', ASIAMASTER: 'mastersessionsecret', ASIASTS: 'sts/secret+&<', ASIAPOOL: 'pool/secret', ASIANEXT: 'next/secret' };

/** @typedef {(action: string, params: Record<string, any>, times: number) => import('./answers.mjs').Answer | undefined} Script */

/** What a request says, in one form for all services. @param {any} request @param {string} body */
function read({ method, url, headers }, body) {
  const target = headers['x-amz-target'];
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const params = Object.fromEntries([...new URLSearchParams(body)].sort());
    return { service: 'sts', action: params.Action, params };
  }
  if (target) return { service: 'cognito-identity', action: target, params: JSON.parse(body) };
  return { service: 'ivs', action: `${method} ${url}`, params: JSON.parse(body || '{}') };
}

/** @param {Script} [script] answers in place of the good ones */
export async function start(script) {
  /** @type {any[]} */
  let seen = [];
  /** @type {Script} */
  let answers = script ?? (() => undefined);
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = '', url = '', headers } = request;
      const { service, action, params } = read(request, body.toString());
      const [, id, region] = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
      seen.push({
        service, action, params, method, url, body: body.toString(), contentType: headers['content-type'], token: headers['x-amz-security-token'],
        signed: id && `${id} in ${region}: ${complaint({ method, url, headers: /** @type {any} */ (headers), body }, SECRETS, region, service) ?? 'valid'}`,
      });
      const name = action.replace(/^.*\./, '');
      const answer = answers(name, params, seen.filter((one) => one.action === action).length) ?? fine(name);
      response.writeHead(answer.status, { connection: 'close', ...answer.headers }).end(answer.body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(0)));
  return {
    url: `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`,
    /** Begins anew, with other answers. @param {Script} [next] */
    reset(next = () => undefined) {
      [seen, answers] = [[], next];
    },
    seen: () => seen,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
