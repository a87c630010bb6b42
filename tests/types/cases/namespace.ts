// The names of SDK v2's declarations.
import { IVS } from 'ivs-wasm';

export const request: IVS.GetChannelRequest = { arn: 'x' };
export const same: IVS.Types.GetChannelRequest = request;
export const channel: IVS.Types.Channel = { arn: 'x', latencyMode: 'LOW', tags: { a: 'b' } };
export const configuration: IVS.ClientConfiguration = { region: 'eu-west-1', apiVersion: '2020-07-14' };
export const version: IVS.apiVersion = 'latest';
export const state: IVS.RecordingConfigurationState = 'ACTIVE';
export const arns: IVS.ChannelArnList = ['a', 'b'];
export const policy: IVS.PlaybackRestrictionPolicy = { arn: 'a', allowedCountries: [], allowedOrigins: [] };

// @ts-expect-error required by the model
export const incomplete: IVS.PlaybackRestrictionPolicy = { arn: 'a' };
// @ts-expect-error no such shape
export type Missing = IVS.NoSuchShape;

// Enumerations still narrow, though unknown values are allowed:
export function describe(health: IVS.StreamHealth): string {
  switch (health) {
    case 'HEALTHY': return 'fine';
    case 'STARVING': return 'short of data';
    default: return health;
  }
}

// A class can be passed on and extended:
export class Logged extends IVS {
  override getChannel = super.getChannel;
}
export function use(client: IVS): Promise<IVS.ListStreamsResponse> {
  return client.listStreams({ filterBy: { health: 'HEALTHY' } });
}
