// @ts-check
// Pages of a list, asked for one by one as a loop wants them.

/**
 * @param {(params: object, options: object) => Promise<any>} fetch
 * @param {string} items the member of a page that holds them
 * @param {object} [params]
 * @param {{ pageSize?: number, startingToken?: string, stopOnSameToken?: boolean }} [given]
 */
export const pages = (fetch, items, params, given) => ({
  /** @returns {AsyncGenerator<any, void, void>} */
  async *[Symbol.asyncIterator]() {
    const { pageSize, startingToken, stopOnSameToken = true, ...options } = given ?? {};
    /** @type {any} */
    const next = { ...params };
    if (pageSize !== undefined) next.maxResults = pageSize;
    if (startingToken !== undefined) next.nextToken = startingToken;
    for (;;) {
      const page = await fetch({ ...next }, options);
      yield page;
      const token = page.nextToken;
      if (!token || (stopOnSameToken && token === next.nextToken)) return;
      next.nextToken = token;
    }
  },

  /** The items of all pages, one by one. @returns {AsyncGenerator<any, void, void>} */
  async *items() {
    for await (const page of this) yield* page[items] ?? [];
  },
});
