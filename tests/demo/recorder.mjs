// @ts-check
// What the tables show: each step with its status, attempts, time and error, as the library itself tells them.

/**
 * One line of a table: one call, or several of one kind. `status` is absent if nothing was sent. An aside is no call at all.
 * @typedef {{ operation: string, status?: number, attempts: number, milliseconds: number, code?: string, text?: string,
 *   aside?: boolean }} Row
 */

export function recorder() {
  /** @type {Row[]} */
  const rows = [];
  return {
    rows,
    /** A line about what happens beside the calls. @param {string} operation */
    aside(operation) {
      rows.push({ operation, attempts: 0, milliseconds: 0, aside: true });
    },
    /**
     * Runs a step and writes its line; a step that fails gives undefined.
     * @template T
     * @param {string} operation
     * @param {() => Promise<T>} step gives the result of a call, or an array of results
     * @returns {Promise<T | undefined>}
     */
    async step(operation, step) {
      const start = performance.now();
      /** @param {any[]} metadata @param {any} [error] */
      const write = (metadata, error) => void rows.push({
        operation,
        status: metadata.at(-1)?.httpStatusCode,
        attempts: metadata.reduce((sum, one) => sum + (one?.attempts ?? 0), 0),
        milliseconds: Math.round((performance.now() - start) * 10) / 10,
        ...(error && { code: error.code ?? error.name, text: error.message }),
      });
      try {
        const result = await step();
        write([result].flat().map((/** @type {any} */ one) => one.$metadata));
        return result;
      } catch (error) {
        write([error.$metadata], error);
        return undefined;
      }
    },
  };
}
