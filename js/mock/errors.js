// @ts-check
// Errors of the service, and how they look on the wire.
import { errors } from './facts.js';

/** Statuses of errors that are made by AWS's front end, before any service. @type {Record<string, number>} */
const COMMON = {
  ExpiredTokenException: 403, ExpiredToken: 403, IncompleteSignature: 403, InvalidClientTokenId: 403, InvalidSignatureException: 403, SignatureDoesNotMatch: 403,
  MissingAuthenticationToken: 403, MissingAuthenticationTokenException: 403, OptInRequired: 403, UnrecognizedClientException: 403, RequestExpired: 403, RequestTimeTooSkewed: 403,
  Throttling: 400, ThrottledException: 400, TooManyRequestsException: 429, RequestLimitExceeded: 503, SlowDown: 503, RequestTimeout: 400, RequestTimeoutException: 408,
  InternalFailure: 500, InternalError: 500, InternalServerError: 500, ServiceUnavailableException: 503,
  RequestEntityTooLargeException: 413, SerializationException: 400, UnknownOperationException: 404, ValidationError: 400,
};

/** The status that comes with a code, if that is known. @param {string} code @returns {number | undefined} */
export const statusOf = (code) => errors[code]?.httpStatus ?? (Object.hasOwn(COMMON, code) ? COMMON[code] : undefined);

/** An answer that is an error: thrown by any step, turned into a reply in one place. */
export class ServiceError extends Error {
  /**
   * @param {string} code    the code as x-amzn-errortype gives it
   * @param {string} message the sentence for the body
   * @param {number} [status] needed only for codes that are not known
   */
  constructor(code, message, status) {
    super(message);
    this.name = code;
    this.code = code;
    const modelled = errors[code];
    this.status = status ?? statusOf(code) ?? 400;
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
