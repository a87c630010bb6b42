// The application: one call. The test gives its options in the address, and waits for `outcome`.
import { IVS } from 'ivs-wasm';

const { name, ...options } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
globalThis.outcome = new IVS(options).createChannel({ name }).then(({ channel }) => ({ arn: channel.arn, name: channel.name }));
