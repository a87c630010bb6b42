// The ways in which typed programs use AWS.IVS.
import * as AWS from 'aws-sdk';
import { AWSError } from 'aws-sdk/lib/error';

AWS.config.update({ region: 'us-west-2', maxRetries: 2 });
const options: AWS.IVS.ClientConfiguration = { apiVersion: '2020-07-14', httpOptions: { timeout: 1000 }, retryDelayOptions: { base: 50 } };
const ivs = new AWS.IVS(options);

export function create(name: string, done: (arn: string | undefined) => void): void {
  const params: AWS.IVS.Types.CreateChannelRequest = { name, latencyMode: 'LOW', tags: { a: 'b' } };
  ivs.createChannel(params, (err: AWSError, data: AWS.IVS.Types.CreateChannelResponse) => {
    if (err) return console.log(err.code, err.statusCode, err.retryable);
    done(data.channel?.arn);
  });
}

export async function live(channelArn: AWS.IVS.ChannelArn): Promise<Date | undefined> {
  const result = await ivs.getStream({ channelArn }).promise();
  console.log(result.$response.requestId, result.$response.httpResponse.statusCode);
  const stream: AWS.IVS.Stream | undefined = result.stream;
  return stream?.startTime;
}

export function pages(): void {
  ivs.listChannels({ maxResults: 10 }).eachPage((err, data) => {
    if (data) for (const channel of data.channels) console.log(channel.arn);
    return true;
  });
  ivs.listStreams((err, data) => console.log(err, data.streams));
}

const request = ivs.putMetadata({ channelArn: 'arn', metadata: 'x' });
request.on('success', (response) => console.log(response.data));
request.on('httpHeaders', (statusCode, headers) => console.log(statusCode, headers['date']));
request.on('build', (req) => { req.httpRequest.headers['x-a'] = 'b'; });
request.send();
request.abort();
const credentials = new AWS.Credentials({ accessKeyId: 'a', secretAccessKey: 'b' });
new AWS.IVS({ credentials, endpoint: new AWS.Endpoint('http://localhost:1'), params: { maxResults: 1 } });
new AWS.CognitoIdentityCredentials({ IdentityPoolId: 'us-west-2:x' }, { region: 'us-west-2' });
credentials.get((err) => console.log(err));
