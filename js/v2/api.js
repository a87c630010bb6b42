// @ts-check
// What `service.api` says of the service.
import { operations, service } from './facts.js';

/** @param {string} row */
function operation(row) {
  const [name, names = '', place, paging] = row.split('|');
  const [httpMethod, httpPath] = place ? place.split(' ') : ['POST', `/${name}`];
  const [inputToken, outputToken, limitKey, resultKey] = paging ? paging.split(' ') : [];
  /** @type {Record<string, any>} */
  const members = {};
  /** @type {string[]} */
  const required = [];
  for (const marked of names.split(' ').filter(Boolean)) {
    const member = marked.replace(/[!*]/g, '');
    members[member] = { name: member, isSensitive: marked.includes('*') };
    if (marked.includes('!')) required.push(member);
  }
  const paginator = paging ? { inputToken, outputToken, limitKey, resultKey } : undefined;
  return { name, httpMethod, httpPath, input: { type: 'structure', required, members }, output: {}, paginator, errors: null };
}

const rows = operations.trim().split('\n').map(operation);

export const api = {
  ...service,
  isApi: true,
  signatureVersion: 'v4',
  operations: Object.fromEntries(rows.map((row) => [row.name[0].toLowerCase() + row.name.slice(1), row])),
  shapes: {},
  paginators: Object.fromEntries(rows.filter((row) => row.paginator).map((row) => [row.name, row.paginator])),
  waiters: {},
};
