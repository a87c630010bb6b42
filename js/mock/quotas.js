// @ts-check
// Default quotas of an account in a region, from the Service Quotas page of the Low-Latency Streaming user guide
// where it gives them. The last four are not stated in the material at hand: they are set to the number that the page
// gives for recording configurations. Tests lower any of them through the option `quotas`.
export const defaultQuotas = {
  channels: 5000,
  concurrentStreams: 100,
  streamKeysPerChannel: 1,
  playbackKeyPairs: 3,
  recordingConfigurations: 20,
  tagsPerResource: 50,
  metadataBytes: 1024,
  metadataPerChannel: 5,
  metadataPerAccount: 155,
  playbackRestrictionPolicies: 20,
  adConfigurations: 20,
  failoverSlateConfigurations: 20,
};

/** Calls a second and account, enforced only with the option `apiRates: true`: a test suite is faster than that. */
export const apiRates = [
  { operations: /Channels?$/, perSecond: 5 },
  { operations: /PlaybackRestrictionPolic(y|ies)$/, perSecond: 5 },
  { operations: /PlaybackKeyPairs?$/, perSecond: 3 },
  { operations: /^BatchStartViewerSessionRevocation$/, perSecond: 2 },
  { operations: /^StartViewerSessionRevocation$/, perSecond: 10 },
  { operations: /RecordingConfigurations?$/, perSecond: 3 },
  { operations: /(Get|List|Stop)Stream(s|Session|Sessions)?$/, perSecond: 5 },
  { operations: /StreamKeys?$/, perSecond: 5 },
  { operations: /(Tag|Untag|TagsFor)Resource$/, perSecond: 10 },
];
