// The same with the wasm as a file of its own: Vite gives its address for the suffix ?url.
import { IVS, provide } from 'ivs-wasm/slim';
import url from 'ivs-wasm/ivs.wasm?url';

provide(url);
const { name, ...options } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
globalThis.outcome = new IVS(options).createChannel({ name }).then(({ channel }) => ({ arn: channel.arn, name: channel.name }));
