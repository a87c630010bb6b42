import { IVS } from 'ivs-wasm';

test('not reached', () => new IVS());
