// @ts-check
// Faults on demand: the next calls answer something else, later, or not at all. A fault is data, so that it can be
// asked for over HTTP; the transports (fetch.js, server.js) act out what concerns the connection.
import { check } from './check.js';
import { errorReply, ServiceError, statusOf } from './errors.js';
import { operationKey } from './facts.js';

/**
 * @typedef {object} Fault
 * @property {string} [operation] only calls of this operation; all when absent
 * @property {number} [times] how many calls it hits; 1 when absent
 * @property {number} [skip] how many matching calls pass untouched first; faults that were asked for later wait meanwhile
 * @property {string} [error] answer with this error code, e.g. ThrottlingException
 * @property {string} [message] the text of that error
 * @property {number} [status] answer with this status
 * @property {Record<string, string>} [headers] with these headers, added last, so they win; '' removes one
 * @property {string} [body] with this body
 * @property {boolean} [after] carry the call out first: its effect is there, its answer is lost; nothing else said, the connection is cut then
 * @property {number} [delayMs] wait before answering
 * @property {'reset' | 'hang' | 'stall' | 'drip' | 'short'} [connection]
 *   reset: cut the connection before any answer; hang: never answer; stall: headers and half of the body, then
 *   nothing; drip: the body in small pieces; short: promise more bytes than are sent, then close
 * @property {number} [dripMs] pause between pieces of a dripping body; 20 when absent
 */

/** A page that no API sends, as proxies and load balancers do. @type {Fault} */
export const HTML_PAGE = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
};

/** Its members, and what they must be. */
const MEMBERS = {
  operation: 'text', times: 'positive', skip: 'count', error: 'text', message: 'words', status: 'status', headers: 'object', body: 'words',
  html: 'flag', after: 'flag', delayMs: 'ms', connection: ['reset', 'hang', 'stall', 'drip', 'short'], dripMs: 'ms',
};
const HAPPENS = ['error', 'status', 'body', 'html', 'connection', 'delayMs', 'headers', 'after'];

/** @param {any} fault */
function checkFault(fault) {
  check('fault', fault, MEMBERS);
  if (!HAPPENS.some((name) => (fault[name] ?? false) !== false)) throw new TypeError(`fault: it does not say what happens; give ${HAPPENS.join(', ')}`);
  if (fault.message !== undefined && !fault.error) throw new TypeError('fault: a message is that of an error; give error, too');
  if (fault.error && fault.status === undefined && !statusOf(fault.error)) throw new TypeError(`fault: IVS has no error '${fault.error}'; for a code of your own give status, too`);
}

export function makeFaults() {
  /** @type {(Fault & { left: number, pass: number })[]} */
  let planned = [];
  return {
    /** @param {Fault & { html?: boolean }} fault */
    add(fault) {
      checkFault(fault);
      const { html, ...rest } = fault;
      const whole = { ...(html ? HTML_PAGE : {}), ...rest };
      if (whole.after && !whole.connection && !replaces(whole)) whole.connection = 'reset';
      if (whole.operation) whole.operation = operationKey(whole.operation);
      planned.push({ ...whole, left: whole.times ?? 1, pass: whole.skip ?? 0 });
    },
    clear: () => void (planned = []),
    /** Takes the fault that is due for this call, if any. @param {string} operation */
    take(operation) {
      const due = planned.find((fault) => !fault.operation || fault.operation === operation);
      if (!due) return undefined;
      // They come one after another, as in a script: what was asked for later waits.
      if (due.pass > 0) return void due.pass--;
      if (--due.left <= 0) planned = planned.filter((fault) => fault !== due);
      return due;
    },
  };
}

/** Whether answers of this status have no body. @param {number} status */
export const isBare = (status) => [204, 205, 304].includes(status);

/**
 * What happens to the connection of an answer: one without a body cannot stop in the middle, so it stops before its headers.
 * @param {{ status: number, fault?: Fault }} answer
 */
export const connectionOf = ({ status, fault }) => {
  const connection = fault?.connection;
  return !isBare(status) ? connection : connection === 'stall' ? 'hang' : connection === 'short' ? 'reset' : connection === 'drip' ? undefined : connection;
};

/** Does the fault stand in for the service's own answer? @param {Fault} fault */
export const replaces = (fault) =>
  fault.error !== undefined || fault.status !== undefined || fault.body !== undefined ||
  fault.connection === 'reset' || fault.connection === 'hang';

/** @param {Fault} fault */
export function faultReply(fault) {
  const base = fault.error
    ? errorReply(new ServiceError(fault.error, fault.message ?? `${fault.error} on demand`, fault.status))
    : { status: fault.status ?? 200, headers: {}, body: '' };
  return { ...base, body: fault.body ?? base.body };
}
