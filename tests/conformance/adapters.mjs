// @ts-check
// AWS's own SDKs in the form that the suite takes: methods that give promises. What they lack is named here.
import { operations, shapes } from '../../js/mock/facts.js';
import { tool } from '../harness/project.mjs';

/** Not in JavaScript SDK v3 3.1136.0, though in the service's newest model. @param {string} name */
const newerThanV3 = (name) => /failoverSlate/i.test(name) || name === 'targetStartAt';

/** SDK v2: methods give requests; the text of an error is in exceptionMessage. */
export async function sdkV2() {
  process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
  const AWS = await tool('aws-sdk');
  return {
    /** @param {import('./suite.js').ClientOptions} options */
    make({ maxAttempts, ...options }) {
      const ivs = new AWS.IVS({ ...options, ...(maxAttempts ? { maxRetries: maxAttempts - 1 } : {}) });
      return Object.fromEntries(Object.keys(operations).filter((name) => ivs[name]).map((name) => [name, (/** @type {any} */ input) => ivs[name](input).promise()]));
    },
    traits: {
      has: (/** @type {string} */ name) => /** @type {any} */ (operations)[name].inV2,
      knows: (/** @type {string} */ shape, /** @type {string} */ member) => /** @type {any} */ (shapes)[shape].members[member].inV2 !== false,
      text: 'exceptionMessage',
    },
  };
}

/** SDK v3: methods give promises; the text of an error is in exceptionMessage. */
export async function sdkV3() {
  const { Ivs } = await tool('@aws-sdk/client-ivs');
  const probe = new Ivs({ region: 'us-west-2' });
  return {
    /** @param {import('./suite.js').ClientOptions} options */
    make: (options) => new Ivs(options),
    traits: {
      has: (/** @type {string} */ name) => name in probe,
      knows: (/** @type {string} */ _, /** @type {string} */ member) => !newerThanV3(member),
      text: 'exceptionMessage',
    },
  };
}
