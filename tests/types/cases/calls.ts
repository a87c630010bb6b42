// Calls as users write them: parameters, results, the forms with a callback.
import { IVS, type IVSError, type OperationName } from 'ivs-wasm';

const ivs = new IVS({ region: 'us-west-2', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
const arn = 'arn:aws:ivs:us-west-2:123456789012:channel/abcd';

export async function results(): Promise<void> {
  const { channel, streamKey } = await ivs.createChannel();
  const name: string | undefined = channel?.name;
  const secret: string | undefined = streamKey?.value;
  // Required by the model, so always there:
  const channels: IVS.ChannelSummary[] = (await ivs.listChannels({ maxResults: 10 })).channels;
  // Timestamps are dates in results:
  const started: Date | undefined = (await ivs.getStream({ channelArn: arn }, { timeout: 2000 })).stream?.startTime;
  const nothing: IVS.EmptyResult = await ivs.deleteChannel({ arn });
  const attempts: number | undefined = (await ivs.listStreams({}, { maxAttempts: 1 })).$metadata.attempts;
  const type: IVS.ChannelType | undefined = channel?.type;
  // @ts-expect-error a result that the model leaves optional may be missing
  channel.name;
  // @ts-expect-error no such member
  channel?.nme;
  // @ts-expect-error a date is no text
  const text: string | undefined = (await ivs.getStream({ channelArn: arn })).stream?.startTime;
  void [name, secret, channels, started, nothing, attempts, type, text];
}

export function parameters(): void {
  void ivs.createChannel({ type: 'ADVANCED_HD', preset: 'CONSTRAINED_BANDWIDTH_DELIVERY', tags: { team: 'video' } });
  // A value that this release does not know yet:
  void ivs.createChannel({ type: 'ADVANCED_8K' });
  void ivs.batchGetChannel({ arns: [arn] as const });
  // Timestamps are taken in three forms:
  void ivs.insertAdBreak({ channelArn: arn, durationSeconds: 30, targetStartAt: new Date() });
  void ivs.insertAdBreak({ channelArn: arn, durationSeconds: 30, targetStartAt: '2026-11-01T00:00:00Z' });
  void ivs.insertAdBreak({ channelArn: arn, durationSeconds: 30, targetStartAt: 1793491200 });
  // An optional member may be undefined, also with exactOptionalPropertyTypes:
  void ivs.listChannels({ nextToken: undefined });
  // In structures that are in results, too, as well:
  void ivs.createChannel({ multitrackInputConfiguration: { enabled: undefined, policy: undefined } });
  // @ts-expect-error required member missing
  void ivs.getChannel({});
  // @ts-expect-error parameters missing
  void ivs.getChannel();
  // @ts-expect-error wrong type
  void ivs.getChannel({ arn: 7 });
  // @ts-expect-error unknown member
  void ivs.getChannel({ arn, foo: 1 });
  // @ts-expect-error nested required member missing
  void ivs.createRecordingConfiguration({ destinationConfiguration: { s3: {} } });
  // @ts-expect-error a list, not a text
  void ivs.untagResource({ resourceArn: arn, tagKeys: 'team' });
  // @ts-expect-error no such operation
  void ivs.createChanel({});
  // @ts-expect-error no such option of a call
  void ivs.getChannel({ arn }, { timeot: 1 });
}

export function callbacks(): void {
  ivs.getChannel({ arn }, (err, data) => {
    if (err) {
      const code: string = err.code;
      void code;
    } else {
      const channel: IVS.Channel | undefined = data.channel;
      void channel;
    }
  });
  ivs.listChannels((err, data) => void (err ? err.message : data.channels.length));
  ivs.getChannel({ arn }, { timeout: 100 }, (err: IVSError | null, data: IVS.GetChannelResponse | null) => void [err, data]);
  // @ts-expect-error with a callback there is no Promise
  void ivs.getChannel({ arn }, () => {}).then;
}

export async function paging(): Promise<void> {
  for await (const page of ivs.paginateListChannels({}, { pageSize: 50, startingToken: 't' })) {
    const summaries: IVS.ChannelSummary[] = page.channels;
    void summaries;
  }
  for await (const key of ivs.paginateListStreamKeys({ channelArn: arn }).items()) {
    const one: IVS.StreamKeySummary = key;
    // @ts-expect-error a summary has no secret value
    void [one, key.value];
  }
  // @ts-expect-error required member missing
  ivs.paginateListStreamKeys();
  // @ts-expect-error nothing to page through
  ivs.paginateGetChannel;
}

export async function signing(): Promise<Response> {
  const { url, method, headers, body } = await ivs.sign('untagResource', { resourceArn: arn, tagKeys: ['a'] });
  const name: OperationName = 'putMetadata';
  await ivs.sign(name, { channelArn: arn, metadata: 'hello' });
  // @ts-expect-error no such operation
  await ivs.sign('getChanel', { arn });
  // @ts-expect-error parameters of another operation
  await ivs.sign('getChannel', { channelArn: arn });
  return fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
}
