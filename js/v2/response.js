// @ts-check
// AWS.Response: what a request got, and the pages behind it.
import { HttpResponse } from './http.js';

export class Response {
  /** @param {any} request */
  constructor(request) {
    this.request = request;
    /** @type {any} */
    this.data = null;
    /** @type {any} */
    this.error = null;
    this.retryCount = 0;
    this.redirectCount = 0;
    this.httpResponse = new HttpResponse();
    if (request) {
      this.maxRetries = request.service.numRetries();
      this.maxRedirects = request.service.config.maxRedirects;
    }
  }

  /** @returns {boolean | undefined} undefined where there are no pages */
  hasNextPage() {
    const paging = this.request.service.paginationConfig(this.request.operation);
    const token = paging && this.data?.[paging.outputToken];
    /** @type {any} */ (this).nextPageTokens = paging ? (token ? [token] : null) : undefined;
    return paging ? Boolean(token) : undefined;
  }

  /** A request for the next page; null at the end. @param {(error: any, data: any) => void} [callback] */
  nextPage(callback) {
    const { service, operation, params } = this.request;
    let paging;
    try {
      paging = service.paginationConfig(operation, true);
    } catch (thrown) {
      this.error = thrown;
    }
    if (!this.hasNextPage()) {
      if (callback) callback(this.error, null);
      else if (this.error) throw this.error;
      return null;
    }
    return service.makeRequest(operation, { ...params, [paging.inputToken]: this.data[paging.outputToken] }, callback);
  }
}
