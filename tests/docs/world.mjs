// @ts-check
// What an example finds: the local endpoint with one resource of each kind, a client, and variables with their ARNs.

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
  return { endpoint, variables: { ...scene, ivs, region: REGION, credentials } };
}
