// @ts-check
// Pages of a list, asked for one by one as a loop wants them.
import { load } from './load.js';

export class Paginator {
  #fetch;
  #name;
  #params;
  #options;

  /**
   * @param {(params: object, options: object) => Promise<any>} fetch
   * @param {string} name
   * @param {object} [params]
   * @param {{ pageSize?: number, startingToken?: string, stopOnSameToken?: boolean }} [options]
   */
  constructor(fetch, name, params, options) {
    this.#fetch = fetch;
    this.#name = name;
    this.#params = params;
    this.#options = options;
  }

  /** @returns {AsyncGenerator<any, void, void>} */
  async *[Symbol.asyncIterator]() {
    const { pageSize, startingToken, stopOnSameToken = true, ...options } = this.#options ?? {};
    const [inputToken, outputToken, limitKey] = (await load()).paging(this.#name).split(' ');
    /** @type {Record<string, unknown>} */
    const params = { ...this.#params };
    if (pageSize !== undefined) params[limitKey] = pageSize;
    if (startingToken !== undefined) params[inputToken] = startingToken;
    for (;;) {
      const page = await this.#fetch({ ...params }, options);
      yield page;
      const token = page[outputToken];
      if (!token || (stopOnSameToken && token === params[inputToken])) return;
      params[inputToken] = token;
    }
  }

  /** The items of all pages, one by one. @returns {AsyncGenerator<any, void, void>} */
  async *items() {
    const resultKey = (await load()).paging(this.#name).split(' ')[3];
    for await (const page of this) yield* page[resultKey] ?? [];
  }
}
