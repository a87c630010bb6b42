// @ts-check
// AWS SDK for JavaScript v2, IVS only. Its transport is replaced at its own seam, the HttpClient.
import AWS from 'aws-sdk/global';
import IVS from 'aws-sdk/clients/ivs';
import { CREDENTIALS, HOST, REGION, world } from '../world.js';

export const name = 'aws-sdk v2';
export const checks = true;
export const decodes = true;
export const errors = true;

class Stream {
  /** @type {Record<string, (...args: any[]) => void>} */
  listeners = {};
  /** @type {any} */
  chunk = null;
  /** @param {string} event @param {(...args: any[]) => void} listener */
  on(event, listener) {
    this.listeners[event] = listener;
    return this;
  }
  read() {
    const { chunk } = this;
    this.chunk = null;
    return chunk;
  }
}

const transport = {
  /** @param {any} request @param {any} _ @param {(stream: Stream) => void} callback @param {(error: unknown) => void} failed */
  handleRequest(request, _, callback, failed) {
    const stream = new Stream();
    const { method, headers, body, endpoint } = request;
    delete headers.Host;
    const init = { method, headers, body: method === 'POST' ? body : undefined };
    world.fetch(`${endpoint.protocol}//${endpoint.host}${request.path}`, init).then((reply) => {
      callback(stream);
      stream.listeners.headers(reply.status, reply.fields, reply.statusText);
      if (reply.bytes.length) {
        stream.chunk = /** @type {any} */ (AWS).util.buffer.toBuffer(reply.bytes);
        (stream.listeners.readable ?? stream.listeners.data)(stream.chunk);
      }
      stream.listeners.end();
    }, failed);
    return stream;
  },
};

export function make() {
  /** @type {any} */ (AWS).HttpClient.getInstance = () => transport;
  const ivs = /** @type {any} */ (new IVS({ region: REGION, credentials: new AWS.Credentials(CREDENTIALS) }));
  const credentials = new AWS.Credentials(CREDENTIALS);
  return {
    /** @param {string} operation @param {any} params */
    call: (operation, params) => ivs[operation](params).promise(),
    /** The signer alone. @param {any} _ @param {string} body */
    async sign(_, body) {
      const request = new /** @type {any} */ (AWS).HttpRequest(new AWS.Endpoint(HOST), REGION);
      request.method = 'POST';
      request.path = '/PutMetadata';
      request.body = body;
      request.headers = { Host: HOST, 'Content-Type': 'application/json' };
      new /** @type {any} */ (AWS).Signers.V4(request, 'ivs').addAuthorization(credentials, new Date());
      return request.headers;
    },
  };
}
