// @ts-check
// What an example finds: the local endpoint with one resource of each kind, a client, and variables with their ARNs.
import { generateKeyPairSync } from 'node:crypto';

const REGION = 'us-west-2';
const PLAYBACK_CONFIGURATION = 'arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/ads';

/** The public half of a new key pair, as IVS takes it. */
const publicKey = () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ type: 'spki', format: 'pem' });

/**
 * @param {(options: object) => any} createIvs of the local endpoint
 * @param {any} library the packed library
 */
export async function world(createIvs, library) {
  const endpoint = createIvs({ seed: 'docs' });
  const credentials = endpoint.credentials;
  const ivs = new library.IVS({ region: REGION, credentials, fetch: endpoint.fetch });
  const { channel, streamKey } = await ivs.createChannel({ name: 'my-channel', tags: { team: 'video' } });
  const { adConfiguration: attached } = await ivs.createAdConfiguration({
    mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn: PLAYBACK_CONFIGURATION }],
  });
  const { channel: live } = await ivs.createChannel({ name: 'live', adConfigurationArn: attached.arn });
  const { channel: keyless, streamKey: removed } = await ivs.createChannel({ name: 'keyless' });
  await ivs.deleteStreamKey({ arn: removed.arn });
  const { adConfiguration } = await ivs.createAdConfiguration({
    mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn: PLAYBACK_CONFIGURATION }],
  });
  const { failoverSlateConfiguration } = await ivs.createFailoverSlateConfiguration({ name: 'slate' });
  const { playbackRestrictionPolicy } = await ivs.createPlaybackRestrictionPolicy({ name: 'policy' });
  const { recordingConfiguration } = await ivs.createRecordingConfiguration({ destinationConfiguration: { s3: { bucketName: 'bucket' } } });
  const { keyPair } = await ivs.importPlaybackKeyPair({ publicKeyMaterial: publicKey() });
  endpoint.control.settle();
  endpoint.control.goLive(live.arn);

  return {
    endpoint,
    credentials,
    variables: {
      ivs,
      region: REGION,
      credentials,
      publicKeyMaterial: publicKey(),
      playbackConfigurationArn: PLAYBACK_CONFIGURATION,
      channelArn: channel.arn,
      streamKeyArn: streamKey.arn,
      liveChannelArn: live.arn,
      channelWithoutKeyArn: keyless.arn,
      adConfigurationArn: adConfiguration.arn,
      failoverSlateConfigurationArn: failoverSlateConfiguration.arn,
      playbackRestrictionPolicyArn: playbackRestrictionPolicy.arn,
      recordingConfigurationArn: recordingConfiguration.arn,
      playbackKeyPairArn: keyPair.arn,
    },
  };
}
