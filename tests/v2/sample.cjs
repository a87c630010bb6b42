// A back end for a streaming page in the manner of the public samples for Amazon IVS: channels are made on sign-up, the page
// asks who is live, the host sends a question to the players. It is run with aws-sdk, and with only the require() changed.
const AWS = require(process.env.SDK);

AWS.config.update({
  accessKeyId: process.env.KEY_ID,
  secretAccessKey: process.env.SECRET,
  region: 'us-west-2',
  signatureVersion: 'v4',
});

const ivs = new AWS.IVS({ apiVersion: '2020-07-14', endpoint: process.env.ENDPOINT });

async function signUp(name) {
  const { channel, streamKey } = await ivs.createChannel({ name, latencyMode: 'LOW', type: 'BASIC', tags: { app: 'sample' } }).promise();
  return { arn: channel.arn, server: channel.ingestEndpoint, key: streamKey.value, playback: channel.playbackUrl };
}

function keyOf(channelArn) {
  return new Promise((resolve, reject) => {
    ivs.listStreamKeys({ channelArn }, (err, data) => {
      if (err) return reject(err);
      ivs.getStreamKey({ arn: data.streamKeys[0].arn }, function (error, found) {
        if (error) reject(error);
        else resolve([found.streamKey.value, this.requestId !== undefined]);
      });
    });
  });
}

async function isLive(channelArn) {
  try {
    const { stream } = await ivs.getStream({ channelArn }).promise();
    return [stream.state, stream.startTime instanceof Date, typeof stream.viewerCount];
  } catch (err) {
    return [err.code, err.statusCode];
  }
}

function everything() {
  const names = [];
  return new Promise((resolve, reject) => {
    ivs.listChannels({ maxResults: 3 }).eachPage((err, data, done) => {
      if (err) return reject(err);
      if (!data) return resolve(names);
      for (const { name } of data.channels) names.push(name);
      done();
    });
  });
}

(async () => {
  const users = [];
  for (const name of ['ann', 'bob', 'cy', 'dee']) users.push(await signUp(name));
  console.log(users.map(({ arn, server, playback }) => [typeof arn, typeof server, typeof playback]));
  const [key, hasId] = await keyOf(users[0].arn);
  console.log(key === users[0].key, hasId);
  console.log(await isLive(users[0].arn));
  const { streams } = await ivs.listStreams().promise();
  console.log(streams.length, (await everything()).sort());
  const err = await ivs.putMetadata({ channelArn: users[0].arn, metadata: '{"q":1}' }).promise().catch((error) => error);
  console.log(err.code, err.statusCode, err.retryable, err.name);
  await Promise.all(users.map(({ arn }) => ivs.deleteChannel({ arn }).promise()));
  console.log((await ivs.listChannels({}).promise()).channels.map(({ name }) => name));
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
