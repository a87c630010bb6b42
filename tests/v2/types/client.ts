// The client alone, by default import.
import IVS from 'aws-sdk/clients/ivs';

const ivs = new IVS({ region: 'us-west-2' });
export const tags = async (resourceArn: string): Promise<IVS.Tags> => (await ivs.listTagsForResource({ resourceArn }).promise()).tags;
export const revoke = (viewerSessions: IVS.BatchStartViewerSessionRevocationViewerSessionList) => ivs.batchStartViewerSessionRevocation({ viewerSessions }).promise();
export type Key = IVS.Types.StreamKey;
// @ts-expect-error an operation wants its parameters
ivs.getChannel({ name: 'x' });
// @ts-expect-error there is no such operation
ivs.getChanel({});
