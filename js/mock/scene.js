// @ts-check
// A furnished account: one resource of each kind, a channel on the air. Its keys are the words that stand behind the
// dollar sign in the examples of the facts file, so that every example can be run as it is.

const P384 = '3076301006072a8648ce3d020106052b8104002203620004';

/** A public key of the kind that IVS imports; its point is on no curve, nothing is verified with it. @param {number} seed */
export function publicKey(seed) {
  const point = Array.from({ length: 96 }, (_, i) => String.fromCharCode((seed * 31 + i * 7) & 255)).join('');
  const prefix = (P384.match(/../g) ?? []).map((byte) => String.fromCharCode(parseInt(byte, 16))).join('');
  return `-----BEGIN PUBLIC KEY-----\n${btoa(prefix + point)}\n-----END PUBLIC KEY-----\n`;
}

/**
 * @param {(operation: string, input: any) => Promise<any>} call carries an operation out, unsigned
 * @param {(channelArn: string) => unknown} goLive
 * @param {number} [turn] how many there were before: a public key can be imported once
 */
export async function furnish(call, goLive, turn = 0) {
  const playbackConfigurationArn = 'arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/example';
  const ads = { mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn }] };
  const { channel, streamKey } = await call('createChannel', { name: 'my-channel', tags: { team: 'video' } });
  const bare = await call('createChannel', { name: 'without-key' });
  await call('deleteStreamKey', { arn: bare.streamKey.arn });
  const inUse = await call('createAdConfiguration', { name: 'in-use', ...ads });
  const live = await call('createChannel', { name: 'live', adConfigurationArn: inUse.adConfiguration.arn });
  goLive(live.channel.arn);
  const [recording, key, policy, ad, slate] = [
    await call('createRecordingConfiguration', { name: 'archive', destinationConfiguration: { s3: { bucketName: 'my-recordings' } } }),
    await call('importPlaybackKeyPair', { name: 'tokens', publicKeyMaterial: publicKey(2 * turn + 1) }),
    await call('createPlaybackRestrictionPolicy', { name: 'europe', allowedCountries: ['DE', 'FR'] }),
    await call('createAdConfiguration', { name: 'pre-rolls', ...ads }),
    await call('createFailoverSlateConfiguration', { name: 'back-soon' }),
  ];
  return {
    channelArn: channel.arn,
    streamKeyArn: streamKey.arn,
    channelWithoutKeyArn: bare.channel.arn,
    liveChannelArn: live.channel.arn,
    recordingConfigurationArn: recording.recordingConfiguration.arn,
    playbackKeyPairArn: key.keyPair.arn,
    playbackRestrictionPolicyArn: policy.playbackRestrictionPolicy.arn,
    adConfigurationArn: ad.adConfiguration.arn,
    failoverSlateConfigurationArn: slate.failoverSlateConfiguration.arn,
    playbackConfigurationArn,
    publicKeyMaterial: publicKey(2 * turn + 2),
  };
}

/** Puts a scene's values for the words with a dollar sign. @param {any} example @param {Record<string, string>} scene @returns {any} */
export function fillIn(example, scene) {
  return JSON.parse(JSON.stringify(example), (_, value) => {
    if (typeof value !== 'string' || value[0] !== '$') return value;
    const known = scene[value.slice(1)];
    if (known === undefined) throw new Error(`no scene has ${value}`);
    return known;
  });
}
