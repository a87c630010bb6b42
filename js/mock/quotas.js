// @ts-check
// Default quotas of an account in a region. What the facts file states is read from it; the rest stands here with
// where it is from. Tests lower any of them through the option `quotas`.
import { check } from './check.js';
import { operations } from './facts.js';

/** @param {string} operation @param {string} unit @param {string} per @returns {number} */
function stated(operation, unit, per) {
  const limit = operations[operation].limits?.find((one) => one.unit === unit && one.per === per);
  if (!limit) throw new Error(`the facts file has no limit of ${unit} per ${per} for ${operation}`);
  return limit.value;
}

const SECOND = 'requests per second';
const ACCOUNT = 'account and Region';

export const defaultQuotas = {
  streamKeysPerChannel: stated('createStreamKey', 'stream key', 'channel'),
  playbackKeyPairs: stated('importPlaybackKeyPair', 'playback key pairs', ACCOUNT),
  recordingConfigurations: stated('createRecordingConfiguration', 'recording configurations', ACCOUNT),
  tagsPerResource: stated('tagResource', 'tags', 'resource'),
  metadataBytes: stated('putMetadata', 'bytes of metadata (UTF-8)', 'request'),
  metadataPerChannel: stated('putMetadata', SECOND, 'channel'),
  metadataPerAccount: stated('putMetadata', SECOND, ACCOUNT),
  // From the table of the user guide's Service Quotas page, as remembered: it could not be read again. AWS raises both
  // on request.
  channels: 5000,
  concurrentStreams: 100,
  // Not known: as many as recording configurations.
  playbackRestrictionPolicies: 20,
  adConfigurations: 20,
  failoverSlateConfigurations: 20,
};

/**
 * Quotas with some of them replaced.
 * @param {typeof defaultQuotas} quotas
 * @param {any} [given]
 * @returns {typeof defaultQuotas}
 */
export function quotasOf(quotas, given = {}) {
  check('quotas', given, Object.fromEntries(Object.keys(defaultQuotas).map((name) => [name, 'limit'])));
  return { ...quotas, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

/** Calls a second that an account may make of an operation, where a limit is stated. @param {string} operation */
export const callsPerSecond = (operation) =>
  operations[operation].limits?.find((one) => one.unit === SECOND && one.per === ACCOUNT)?.value;
