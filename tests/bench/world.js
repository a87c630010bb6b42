// @ts-check
// The stubbed network: every contender's request ends here and gets the same bytes back. Runs in Node, pages and Workers.

/** Headers, as far as clients look at them. @extends {Map<string, any>} */
class Fields extends Map {
  /** @param {string} name */
  get(name) {
    return super.get(name) ?? null;
  }
}

/** An answer with no more than what clients read of one. A real Response would cost more than most of the calls. */
class Reply {
  /** @param {number} status @param {Uint8Array} bytes @param {Record<string, string>} headers */
  constructor(status, bytes, headers) {
    this.status = status;
    this.statusText = '';
    this.ok = status < 300;
    this.bytes = bytes;
    this.fields = headers;
    this.headers = new Fields(Object.entries(headers));
    this.body = null;
  }

  /** Bytes become text here, as in a real Response, so that no contender gets that for nothing. */
  async text() {
    return decoder.decode(this.bytes);
  }

  async json() {
    return JSON.parse(decoder.decode(this.bytes));
  }
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** What the stub answers, and whether it builds a Request first, as a real `fetch` does. */
export const world = {
  reply: new Reply(204, new Uint8Array(0), {}),
  buildsRequest: false,
  /** @type {Promise<unknown> | undefined} what every answer waits for */
  gate: undefined,
  requests: 0,
  /** @type {((url: string, init: any) => void) | undefined} */
  onRequest: undefined,

  /** @param {number} status @param {unknown} [value] the body, as JSON @param {Record<string, string>} [headers] */
  answer(status, value, headers = {}) {
    const bytes = value === undefined ? new Uint8Array(0) : encoder.encode(JSON.stringify(value));
    const length = value === undefined ? {} : { 'content-length': String(bytes.length), 'content-type': 'application/json' };
    world.reply = new Reply(status, bytes, /** @type {Record<string, string>} */ ({ 'x-amzn-requestid': '00000000-0000-4000-8000-000000000000', ...length, ...headers }));
  },

  /**
   * @param {string | Request} url
   * @param {any} [init]
   */
  async fetch(url, init) {
    world.requests += 1;
    world.onRequest?.(typeof url === 'string' ? url : url.url, init);
    if (world.buildsRequest && typeof url === 'string') new Request(url, init);
    if (world.gate) await world.gate;
    return world.reply;
  },
};

/** The credentials of AWS's documentation. */
export const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
export const REGION = 'us-west-2';
export const HOST = 'ivs.us-west-2.amazonaws.com';

/** Paths of the operations that are measured, for the contenders that know no API. @type {Record<string, string>} */
export const PATHS = {
  putMetadata: '/PutMetadata', batchGetChannel: '/BatchGetChannel', listStreams: '/ListStreams', getStreamSession: '/GetStreamSession',
};
