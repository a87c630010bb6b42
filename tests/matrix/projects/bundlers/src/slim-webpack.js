// The same with the wasm as a file of its own: webpack and Rspack copy what `new URL` names.
import { IVS, provide } from 'ivs-wasm/slim';

provide(new URL('ivs-wasm/ivs.wasm', import.meta.url));
const { name, ...options } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
globalThis.outcome = new IVS(options).createChannel({ name }).then(({ channel }) => ({ arn: channel.arn, name: channel.name }));
