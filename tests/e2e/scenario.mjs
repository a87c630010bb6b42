import { IVS } from 'ivs-wasm';
import { probe } from './probe.mjs';
import { walk } from './walk.mjs';

/** @param {any} input */
export default (input) => (input.probe ? probe(IVS, input) : walk(IVS, input));
