// @ts-check
// Faults on demand: the next calls answer something else, later, or not at all. A fault is data, so that it can be
// asked for over HTTP; the transports (fetch.js, server.js) act out what concerns the connection.
import { errorReply, ServiceError } from './errors.js';
import { operationKey } from './facts.js';

/**
 * @typedef {object} Fault
 * @property {string} [operation] only calls of this operation; all when absent
 * @property {number} [times] how many calls it hits; 1 when absent
 * @property {number} [skip] how many matching calls pass untouched first
 * @property {string} [error] answer with this error code, e.g. ThrottlingException
 * @property {string} [message] the text of that error
 * @property {number} [status] answer with this status
 * @property {Record<string, string>} [headers] with these headers, added last, so they win; '' removes one
 * @property {string} [body] with this body
 * @property {boolean} [after] carry the call out first: its effect is there, its answer is lost
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

export function makeFaults() {
  /** @type {(Fault & { left: number, pass: number })[]} */
  let planned = [];
  return {
    /** @param {Fault & { html?: boolean }} fault */
    add(fault) {
      const { html, ...rest } = fault;
      const whole = { ...(html ? HTML_PAGE : {}), ...rest };
      if (whole.operation) whole.operation = operationKey(whole.operation);
      planned.push({ ...whole, left: whole.times ?? 1, pass: whole.skip ?? 0 });
    },
    clear: () => void (planned = []),
    /** Takes the fault that is due for this call, if any. @param {string} operation */
    take(operation) {
      const due = planned.find((fault) => !fault.operation || fault.operation === operation);
      if (!due) return undefined;
      if (due.pass > 0) return void due.pass--;
      if (--due.left <= 0) planned = planned.filter((fault) => fault !== due);
      return due;
    },
  };
}

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
