// @ts-check
// Which server the demo walks on: the local endpoint, unless the environment names another one or has keys of AWS.
import { CREDENTIALS } from '../harness/server.mjs';

/**
 * @param {Record<string, string | undefined>} env
 * @returns {{ name: string, endpoint?: string, region: string, credentials: object, fromEnvironment: boolean } | undefined}
 *   undefined: the local endpoint
 */
export function target(env) {
  const { IVS_ENDPOINT: endpoint, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = env;
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-west-2';
  const fromEnvironment = Boolean(accessKeyId && secretAccessKey);
  if (!endpoint && !fromEnvironment) return undefined;
  const given = { accessKeyId, secretAccessKey, ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }) };
  return {
    name: endpoint || `Amazon IVS in ${region}`,
    ...(endpoint && { endpoint }),
    region,
    credentials: fromEnvironment ? given : CREDENTIALS,
    fromEnvironment,
  };
}
