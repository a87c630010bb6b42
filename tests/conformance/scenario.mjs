// The suite with the packed library, in whatever runtime this module is loaded: over HTTP and in-process.
import { IVS } from 'ivs-wasm';
import { createIvs, run } from './suite.mjs';

/** @param {{ endpoint: string, only?: string }} input */
export default async function scenario({ endpoint, only }) {
  const lines = [];
  const traits = { ours: true };
  const log = (line) => void lines.push(line);
  log('over HTTP');
  const http = await run({ make: (options) => new IVS(options), endpoint, traits, log, only });
  log('in-process, the endpoint given as fetch');
  const { fetch } = createIvs({ seed: 'in-process' });
  const local = await run({ make: (options) => new IVS({ ...options, fetch }), endpoint: 'https://in-process.example', fetch, traits, log, only });
  return { passed: http.passed + local.passed, failed: http.failed + local.failed, lines };
}
