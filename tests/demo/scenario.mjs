// What runs in each runtime, with the library as a user's project has it.
import { IVS } from 'ivs-wasm';
import { life } from './life.mjs';
import { look } from './look.mjs';

/** @param {any} input */
export default function scenario(input) {
  // Real keys are not written into a program: Node finds them in its environment.
  const credentials = input.credentials ?? fromEnvironment(process.env);
  return (input.readOnly ? look : life)(IVS, { ...input, credentials });
}

/** @param {Record<string, string | undefined>} env */
const fromEnvironment = ({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN }) =>
  ({ accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken: AWS_SESSION_TOKEN });
