// @ts-check
// What the walk has to give in every runtime: by the client, and as the server saw it.
import assert from 'node:assert/strict';

const ARN = /^arn:aws:ivs:us-west-2:\d{12}:channel\/[A-Za-z0-9]+$/;

/**
 * Operation, HTTP status (undefined: never sent) and error code of each row.
 * @type {[operation: string, status?: number, code?: string][]}
 */
const ROWS = [
  ['createChannel', 200],
  ['listChannels', 200],
  ['getChannel', 200],
  ['batchGetChannel', 200],
  ['updateChannel', 200],
  ['getChannel', undefined, 'MissingRequiredParameter'],
  ['deleteChannel', 200], // moto's status; IVS answers 204
  ['getChannel', 404, 'ResourceNotFoundException'],
];

/**
 * @param {import('./walk.mjs').Row[]} rows
 * @param {{watched?: boolean, codes?: boolean}} [options] watched: status and attempts were counted;
 *   codes: the error's code can be known (a page cannot read the header that holds it)
 */
export function expectRows(rows, { watched = false, codes = true } = {}) {
  assert.deepEqual(rows.map((row) => row.operation), ROWS.map(([operation]) => operation));
  rows.forEach((row, index) => {
    const [, status, code] = ROWS[index];
    const where = `row ${index} (${row.operation}): ${row.code ?? ''} ${row.text ?? ''}`;
    assert.equal(row.code === undefined, code === undefined, where);
    if (code && (codes || status === undefined)) assert.equal(row.code, code, where);
    if (code) assert.equal(row.statusCode, status, where);
    if (watched) assert.deepEqual([row.status, row.attempts], [status, status === undefined ? 0 : 1], where);
  });
  const [created, listed, got, batch, updated, missing, deleted, gone] = rows;
  const { arn } = created.data.channel;
  assert.match(arn, ARN);
  assert.equal(created.data.streamKey.channelArn, arn);
  assert.ok(listed.data.channels.some((channel) => channel.arn === arn));
  assert.deepEqual(got.data.channel, created.data.channel);
  assert.equal(got.data.channel.tags.purpose, 'café & co');
  assert.deepEqual(batch.data.channels.map((channel) => channel.arn), [arn]);
  assert.equal(updated.data.channel.name, 'walk-2');
  assert.match(missing.text ?? '', /Missing required key 'arn' in params/);
  assert.deepEqual(deleted.data, {});
  assert.ok(gone.text?.includes(arn), `the service's words are lost: ${gone.text}`);
}

/**
 * One signed request for each row that was to be sent, no other, and nothing refused.
 * @param {import('../harness/server.mjs').Seen[]} seen
 * @param {{token?: boolean}} [options] token: a session token has to be among the signed headers
 */
export function expectSeen(seen, { token = false } = {}) {
  const calls = seen.filter((line) => line.verdict !== 'preflight');
  const sent = ROWS.filter(([, status]) => status !== undefined);
  assert.deepEqual(
    calls.map((line) => [line.method, line.target, line.status, line.verdict]),
    sent.map(([operation, status]) => ['POST', `/${operation[0].toUpperCase()}${operation.slice(1)}`, status, 'signed']),
  );
  for (const line of calls) assert.equal(line.signedHeaders?.includes('x-amz-security-token'), token);
}
