// @ts-check
// Errors of the service, and how they look on the wire.
import { errors } from './facts.js';

/** An answer that is an error: thrown by any step, turned into a reply in one place. */
export class ServiceError extends Error {
  /**
   * @param {string} code    the code as x-amzn-errortype gives it
   * @param {string} message the sentence for the body
   * @param {number} [status] needed only for codes that the facts file does not list
   */
  constructor(code, message, status) {
    super(message);
    this.name = code;
    this.code = code;
    const modelled = errors[code];
    this.status = status ?? modelled?.httpStatus ?? 400;
    // IVS puts the text of its own errors into exceptionMessage. Errors that come before the service (signature,
    // routing, unreadable JSON) are made by AWS's front end, which writes message.
    this.field = modelled ? 'exceptionMessage' : 'message';
  }
}

/** @param {ServiceError} error */
export function errorReply(error) {
  return {
    status: error.status,
    headers: { 'x-amzn-errortype': error.code },
    body: JSON.stringify({ [error.field]: error.message }),
  };
}

/** @param {string} message */
export const validation = (message) => new ServiceError('ValidationException', message);
/** @param {string} message */
export const conflict = (message) => new ServiceError('ConflictException', message);
/** @param {string} arn */
export const notFound = (arn) => new ServiceError('ResourceNotFoundException', `Resource: ${arn} not found`);
/** @param {string} message */
export const quotaExceeded = (message) => new ServiceError('ServiceQuotaExceededException', message);
/** @param {string} message */
export const throttled = (message) => new ServiceError('ThrottlingException', message);
/** @param {string} arn */
export const notBroadcasting = (arn) =>
  new ServiceError('ChannelNotBroadcasting', `Channel: ${arn} is not currently broadcasting`);
