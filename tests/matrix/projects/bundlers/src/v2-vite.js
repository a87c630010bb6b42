// The same written for SDK v2: a call by callback, then one by `.promise()`.
import AWS from 'ivs-wasm/v2';

const { name, ...options } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const ivs = new AWS.IVS(options);
globalThis.outcome = new Promise((resolve, reject) => {
  ivs.createChannel({ name }, (error, { channel } = {}) => (error ? reject(error) : resolve(channel.arn)));
}).then((arn) => ivs.getChannel({ arn }).promise()).then(({ channel }) => ({ arn: channel.arn, name: channel.name }));
