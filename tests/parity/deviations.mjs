// @ts-check
// Where we are not equal to SDK v2, and why. A difference that no entry allows fails the run, and so does an entry that nothing needs.

/** @typedef {{ path: string, v2: any, ours: any }} Difference */
/** @typedef {{ scene: any, v2: any, ours: any }} Run */
/** @typedef {{ id: string, why: string, allows: (difference: Difference, run: Run) => boolean }} Deviation */

/** The answers that one of the two has seen. @param {Run} run @returns {import('./replies.mjs').Reply[]} */
const reached = ({ scene, v2, ours }) => scene.replies.slice(0, Math.max(v2.wire?.length ?? 0, ours.wire?.length ?? 0));

/** @param {any} value @param {(value: any) => boolean} test @returns {boolean} whether something in it passes */
const somewhere = (value, test) => test(value) || (value && typeof value === 'object' && Object.values(value).some((own) => somewhere(own, test)));

/** The code by which parameters were refused. @param {any} run @returns {string | undefined} */
const checked = ({ response }) => response?.error?.originalError?.code ?? response?.error?.code;

/** @param {string} body @returns {any} */
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** @type {Deviation[]} */
export const DEVIATIONS = [
  {
    id: 'text-of-errors',
    why: 'v2 leaves `message` null where IVS writes it into exceptionMessage, or writes none; ours always says something',
    allows: ({ path, v2, ours }) => path.endsWith('.message') && (v2 === null || v2 === '') && typeof ours === 'string' && ours !== '',
  },
  {
    id: 'redirects',
    why: 'v2 sends the signed request, with the session token, to any host that an answer of status 3xx names; ours treats it as an error',
    allows: (_, run) => reached(run).some(({ status, headers }) => status >= 300 && status < 400 && headers.location),
  },
  {
    id: 'lost-connections',
    why: 'v2 tells of a lost connection as TimeoutError or UnknownEndpoint, by the error number of Node; ours as NetworkingError, as v2 does in browsers',
    allows: ({ path }, run) => reached(run).some(({ lost }) => lost) && /error|calls|originalError|errno|syscall|address|port/.test(path),
  },
  {
    id: 'reserved-members',
    why: 'in v2 the body of an error overrides name, retryable, statusCode, stack and time of the error, so that a server decides on retries',
    allows: (_, run) => reached(run).some(({ body }) => ['name', 'retryable', 'statusCode', 'stack', 'requestId', 'time'].some((key) => parsed(body)?.[key] !== undefined)),
  },
  {
    id: 'broken-answers',
    why: 'v2 gives a callback `{}` as data beside the SyntaxError of a broken answer, and loses the request id; ours gives null, and keeps it',
    allows: ({ path }, run) => /(requestId|\.data|calls\.\d+\.2)$/.test(path) &&
      (['SyntaxError', 'TimestampParserError', 'Boom'].includes(run.ours.response?.error?.code) || reached(run).some(({ status, body }) => status < 300 && body && parsed(body) === undefined)),
  },
  {
    id: 'negative-backoff',
    why: 'v2 counts a retry that a negative delay forbade; ours counts those that were made',
    allows: ({ path }, { scene }) => scene.options.backoff === 'negative' && /retryCount|log\.\d+$|calls|trace/.test(path),
  },
  {
    id: 'log-of-odd-values',
    why: 'the log line shows plain parameters as Node does; odd ones (typed arrays, String objects) are shown more simply, since browsers have no util.inspect',
    allows: ({ path }, { scene }) => path.startsWith('.log') && scene.isBroken,
  },
  {
    id: 'labels',
    why: 'without validation v2 sends a request to /tags/{resourceArn} or fails on it with a TypeError; ours refuses it with UriParameterError',
    allows: (_, { scene }) => /tag/i.test(scene.operation) && (scene.options.paramValidation === false || scene.habit === 'skip the validation' || scene.isBroken),
  },
  {
    id: 'empty-query',
    why: 'an empty list of tag keys makes v2 end the path with a bare `?`',
    allows: ({ path, v2, ours }) => path.endsWith('.url') && v2 === `${ours}?`,
  },
  {
    id: 'too-large',
    why: 'the text for RequestEntityTooLarge does not depend on the form of the body',
    allows: ({ path, ours }) => path.endsWith('.message') && ours === 'Request body must be less than 1 MB',
  },
  {
    id: 'asked-again',
    why: 'in v2 each send() or promise() of a request that is over runs the listeners for its end once more; ours settles what is new',
    allows: ({ path, v2, ours }, { scene }) => scene.style === 'promise twice' && ours === undefined && (path.startsWith('.log') || (path.startsWith('.trace') && v2 === 'complete')),
  },
  {
    id: 'type-errors',
    why: 'v2 fails with a TypeError of its own on null where a structure or a list item is expected; ours names the parameter',
    // A listener that throws after the check puts its own error before that one.
    allows: (_, { v2, ours }) => checked(v2) === 'TypeError' && ['MultipleValidationErrors', 'MissingRequiredParameter', 'InvalidParameterType', 'UriParameterError'].includes(String(checked(ours))),
  },
  {
    id: 'odd-objects',
    why: 'bytes and String objects where a structure or map is expected: v2 takes their indices for members, ours says what is wrong',
    allows: (_, { scene }) => scene.isBroken && somewhere(scene.params, (value) => value instanceof Uint8Array || value instanceof String),
  },
  {
    id: 'bodies-that-are-texts',
    why: 'an error body that is a JSON text: v2 makes members of its letters',
    allows: ({ path }, run) => /\[\d+\]$/.test(path) && reached(run).some(({ body }) => typeof parsed(body) === 'string'),
  },
  {
    id: 'unvalidated',
    why: 'without validation values of a wrong type go out as they are; v2 converts some of them otherwise, and fails on functions with a TypeError',
    allows: ({ path }, { scene }) => scene.isBroken && (scene.options.paramValidation === false || scene.habit === 'skip the validation') && /wire|trace|calls|response|log/.test(path),
  },
  {
    id: 'codes-from-texts',
    why: 'where the code of an error is hidden (CORS), or its text is an exceptionMessage, ours knows an expired signature by its text, and repeats the call with the right time',
    allows: (_, run) => reached(run).some(({ headers, body }) => /"Signature expired/.test(body) && (!headers['x-amzn-errortype'] || parsed(body)?.exceptionMessage)),
  },
  {
    id: 'no-numbers',
    why: 'what no number can be read from is null in results, NaN in v2',
    allows: ({ v2, ours, path }) => /data|calls/.test(path) && v2?.$number === 'NaN' && ours === null,
  },
];
