// @ts-check
// AWS SDK for JavaScript v3: the client and the commands that are measured, with a request handler of ours.
import { BatchGetChannelCommand, GetStreamSessionCommand, IvsClient, ListStreamsCommand, PutMetadataCommand } from '@aws-sdk/client-ivs';
import { SignatureV4 } from '@smithy/signature-v4';
import { CREDENTIALS, HOST, REGION, world } from '../world.js';

export const name = 'client-ivs v3';
export const checks = false;
export const decodes = true;
export const errors = true;

/** @type {Record<string, any>} */
const COMMANDS = {
  putMetadata: PutMetadataCommand, batchGetChannel: BatchGetChannelCommand, listStreams: ListStreamsCommand, getStreamSession: GetStreamSessionCommand,
};

const requestHandler = {
  metadata: { handlerProtocol: 'http/1.1' },
  /** @param {any} request */
  async handle({ method, headers, body, hostname, path }) {
    const reply = await world.fetch(`https://${hostname}${path}`, { method, headers, body });
    return { response: { statusCode: reply.status, reason: '', headers: { ...reply.fields }, body: reply.bytes } };
  },
  httpHandlerConfigs: () => ({}),
  updateHttpClientConfig() {},
  destroy() {},
};

export function make() {
  const client = new IvsClient(/** @type {any} */ ({ region: REGION, credentials: CREDENTIALS, requestHandler }));
  const { sha256 } = /** @type {any} */ (client.config);
  const signer = new SignatureV4({ service: 'ivs', region: REGION, credentials: CREDENTIALS, sha256 });
  return {
    /** @param {string} operation @param {any} params */
    call: (operation, params) => client.send(new COMMANDS[operation](params)),
    /** The signer alone. @param {any} _ @param {string} body */
    sign: (_, body) => signer.sign(/** @type {any} */ ({
      method: 'POST', protocol: 'https:', hostname: HOST, path: '/PutMetadata', query: {}, body,
      headers: { host: HOST, 'content-type': 'application/json' },
    })),
  };
}
