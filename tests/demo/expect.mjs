// @ts-check
// What the walk has to give in every runtime: by the client, and as the server saw it.
import assert from 'node:assert/strict';

/**
 * Step, status (undefined: nothing was sent), attempts and error code.
 * @type {[operation: string, status: number | undefined, attempts: number, code?: string][]}
 */
const ROWS = [
  ['createChannel', 200, 1],
  ['getChannel', 200, 1],
  ['listChannels', 200, 1],
  ['putMetadata', 204, 1],
  ['getStream', 200, 1],
  ['getStreamSession', 200, 1],
  ['tagResource', 200, 1],
  ['untagResource', 200, 1],
  ['listTagsForResource', 200, 1],
  ['startViewerSessionRevocation', 200, 1],
  ['createChannel × 119', 200, 119],
  ['paginateListChannels', 200, 3],
  ['createChannel, two mistakes', undefined, 0, 'MultipleValidationErrors'],
  ['getChannel, unknown ARN', 404, 1, 'ResourceNotFoundException'],
  ['deleteChannel, still live', 409, 1, 'ConflictException'],
  ['listChannels, throttled once', 200, 2],
  ['stopStream', 200, 1],
  ['deleteChannel', 204, 1],
  ['deleteChannel × 119', 204, 119],
  ['listChannels', 200, 1],
];

const FOUND = {
  listed: [true], name: 'demo', viewers: 7, started: true, sameStream: true, tags: { 'cost centre': 'Zürich 7' },
  pages: [50, 50, 20], different: 120, left: 0,
};

/**
 * @param {{ rows: import('./recorder.mjs').Row[], found: object }} walked
 * @param {{ status: number, error?: string }[]} calls that the server answered
 */
export function expectLife({ rows, found }, calls) {
  const steps = rows.filter(({ aside }) => !aside);
  assert.deepEqual(steps.map(({ operation, status, attempts, code }) => [operation, status, attempts, code]), ROWS.map((row) => [row[0], row[1], row[2], row[3]]));
  assert.deepEqual(found, FOUND);
  assert.equal(calls.length, ROWS.reduce((sum, [, , attempts]) => sum + attempts, 0), 'requests that the server saw');
  assert.deepEqual(calls.filter(({ error }) => error).map(({ status }) => status), [404, 409, 429], 'what the server refused');
}
