// What aws-sdk does not have.
import AWS, { IVS } from 'aws-sdk';
import { fromCognitoIdentityPool } from 'ivs-wasm/credentials';

const ivs = new AWS.IVS({ credentials: fromCognitoIdentityPool({ identityPoolId: 'us-west-2:x' }), fetch: (url, init) => fetch(url, init) });
export async function run(channelArn: string): Promise<IVS.Channel | undefined> {
  const { stream } = await ivs.waitFor('channelLive', { channelArn, $waiter: { delay: 1, maxAttempts: 5 } }).promise();
  console.log(stream?.state);
  return (await ivs.getChannel({ arn: channelArn })).channel;
}
