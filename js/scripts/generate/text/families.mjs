// @ts-check
// Operations by what they are about: one page of the reference each. What fits nowhere goes to the last page.

const FAMILIES = [
  ['channels', 'Channels', /Channels?$/],
  ['stream-keys', 'Stream keys', /StreamKeys?$/],
  ['streams', 'Streams and sessions', /Streams?$|StreamSessions?$/],
  ['metadata', 'Timed metadata', /Metadata$/],
  ['recording', 'Recording', /RecordingConfigurations?$/],
  ['playback-keys', 'Playback keys', /PlaybackKeyPairs?$/],
  ['revocation', 'Revoking viewers', /ViewerSessionRevocation$/],
  ['playback-restriction', 'Playback restriction', /PlaybackRestrictionPolic(y|ies)$/],
  ['ads', 'Ads', /AdConfigurations?$|AdBreak$/],
  ['failover-slates', 'Failover slates', /FailoverSlateConfigurations?$/],
  ['tags', 'Tags', /Resource$/],
  ['others', 'Other operations', /(?:)/],
];

/**
 * The families that have operations, each with its method names in the order of the facts.
 * @param {any} facts @returns {{ file: string, title: string, methods: string[] }[]}
 */
export function families(facts) {
  const rows = FAMILIES.map(([file, title, names]) => ({ file: String(file), title: String(title), names, methods: /** @type {string[]} */ ([]) }));
  for (const [method, { name }] of Object.entries(facts.operations)) {
    rows.find(({ names }) => /** @type {RegExp} */ (names).test(name))?.methods.push(method);
  }
  return rows.filter(({ methods }) => methods.length).map(({ file, title, methods }) => ({ file, title, methods }));
}
