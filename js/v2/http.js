// @ts-check
// AWS.HttpRequest and AWS.HttpResponse, which listeners read and change.
import { AWS } from './core.js';
import { Endpoint } from './endpoint.js';

/** Browsers do not let programs set User-Agent, and IVS's preflight allows this header. */
const USER_AGENT = 'X-Amz-User-Agent';

export class HttpRequest {
  /** @param {any} endpoint @param {string} region */
  constructor(endpoint, region) {
    this.method = 'POST';
    this.endpoint = new Endpoint(endpoint);
    this.path = this.endpoint.path || '/';
    /** @type {Record<string, any>} */
    this.headers = {};
    /** @type {any} */
    this.body = '';
    this.region = region;
    this._userAgent = '';
    this.setUserAgent();
  }

  setUserAgent() {
    this._userAgent = this.headers[USER_AGENT] = `aws-sdk-js/${AWS.VERSION} ivs-wasm`;
  }

  getUserAgentHeaderName() {
    return USER_AGENT;
  }

  /** @param {string | null | undefined} part */
  appendToUserAgent(part) {
    if (part) this._userAgent += ` ${part}`;
    this.headers[USER_AGENT] = this._userAgent;
  }

  getUserAgent() {
    return this._userAgent;
  }

  pathname() {
    return this.path.split('?', 1)[0];
  }

  search() {
    return this.path.split('?')[1] ?? '';
  }

  /** @param {any} endpoint */
  updateEndpoint(endpoint) {
    this.endpoint = new Endpoint(endpoint);
    this.path = this.endpoint.path || '/';
    if (this.headers.Host) this.headers.Host = this.endpoint.host;
  }
}

export class HttpResponse {
  constructor() {
    this.statusCode = undefined;
    /** @type {Record<string, string>} */
    this.headers = {};
    /** @type {any} */
    this.body = undefined;
    this.streaming = false;
    this.stream = null;
  }

  /** The body as a stream. */
  createUnbufferedStream() {
    const { body } = this;
    return new ReadableStream({
      start(controller) {
        if (body?.length) controller.enqueue(body);
        controller.close();
      },
    });
  }
}
