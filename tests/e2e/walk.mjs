// @ts-check
// The life of one channel, told by a client that is handed in: the same code in every runtime.

/**
 * One call and what came of it. `status` and `attempts` are counted only when `watch` is on.
 * @typedef {{operation: string, status?: number, attempts: number, milliseconds: number, code?: string, text?: string,
 *   statusCode?: number, data?: any}} Row
 */

/**
 * Creates, lists, reads, changes and deletes a channel; makes one call that must not be sent and one that must not be found.
 * @param {new (options: object) => any} IVS
 * @param {{endpoint: string, region: string, credentials: object, watch?: boolean}} input
 *   watch: hand the client a `fetch` that counts, instead of letting it use the runtime's own
 * @returns {Promise<Row[]>}
 */
export async function walk(IVS, { endpoint, region, credentials, watch = false }) {
  /** @type {Row[]} */
  const rows = [];
  let row = /** @type {Row} */ ({});
  /** @param {Parameters<typeof fetch>} args */
  const counting = async (...args) => {
    row.attempts += 1;
    const response = await fetch(...args);
    row.status = response.status;
    return response;
  };
  const ivs = new IVS({ endpoint, region, credentials, ...(watch && { fetch: counting }) });

  /**
   * @param {string} operation
   * @param {object} params
   */
  const call = async (operation, params) => {
    row = { operation, attempts: 0, milliseconds: 0 };
    const start = performance.now();
    try {
      row.data = await ivs[operation](params);
    } catch (error) {
      row.code = error.code;
      row.text = error.message;
      row.statusCode = error.statusCode;
    }
    row.milliseconds = Math.round((performance.now() - start) * 10) / 10;
    rows.push(row);
    return row.data;
  };

  const created = await call('createChannel', { name: 'walk', type: 'BASIC', tags: { purpose: 'café & co' } });
  const arn = created?.channel?.arn;
  await call('listChannels', {});
  await call('getChannel', { arn });
  await call('batchGetChannel', { arns: [arn] });
  await call('updateChannel', { arn, name: 'walk-2' });
  await call('getChannel', {});
  await call('deleteChannel', { arn });
  await call('getChannel', { arn });
  return rows;
}
