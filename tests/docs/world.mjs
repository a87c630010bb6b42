// @ts-check
// What an example finds: the local endpoint with one resource of each kind, a client, variables with their ARNs, and what an
// application would have around it: keys in the environment, a backend that hands out keys, a Worker's `env`.

const REGION = 'us-west-2';

/**
 * @param {(options: object) => any} createIvs of the local endpoint
 * @param {any} library the packed library
 */
export async function world(createIvs, library) {
  const endpoint = createIvs({ seed: 'docs' });
  const { credentials } = endpoint;
  const scene = await endpoint.control.scene({ region: REGION });
  const ivs = new library.IVS({ region: REGION, credentials, fetch: endpoint.fetch });
  const { accessKeyId, secretAccessKey } = credentials;
  const environment = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const application = {
    name: 'my-channel', accessKeyId, secretAccessKey, sessionToken: undefined,
    loadKeys: async () => credentials,
    v2Credentials: { ...credentials, get: (/** @type {() => void} */ callback) => callback() },
    mayUse: async () => true,
  };
  /** The network: the application's own backend, and else IVS. @param {any} resource @param {RequestInit} [init] */
  const fetch = async (resource, init) =>
    resource === '/my-backend/ivs-credentials' ? Response.json(credentials) : endpoint.fetch(resource, init);
  return {
    endpoint, fetch, environment,
    variables: { ...scene, ivs, region: REGION, credentials, ...application },
    /** A Worker's request, and the secrets of its platform. */
    worker: {
      request: () => new Request('https://worker.example/ivs/getStream', { method: 'POST', body: JSON.stringify({ channelArn: scene.liveChannelArn }) }),
      env: { ...environment, CHANNEL_ARN: scene.liveChannelArn },
    },
  };
}
