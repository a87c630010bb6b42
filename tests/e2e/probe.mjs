// @ts-check
// Calls that must be refused. If they were not, a passing walk would prove nothing.

/**
 * @param {new (options: object) => any} IVS
 * @param {{endpoint: string, region: string, credentials: object}} input
 */
export async function probe(IVS, { endpoint, region, credentials }) {
  const wrong = { ...credentials, secretAccessKey: 'wrong' };
  const json = { 'content-type': 'application/json' };
  const post = (headers) => fetch(`${endpoint}/ListChannels`, { method: 'POST', headers, body: '{}' });
  return {
    unsigned: (await post(json)).status,
    // A header outside the allow-list: a browser must not get past the preflight with it.
    foreignHeader: await post({ ...json, 'x-other': '1' }).then((response) => response.status, (error) => error.name),
    wrongSecret: await new IVS({ endpoint, region, credentials: wrong }).listChannels({}).then(
      () => 'accepted',
      (error) => ({ statusCode: error.statusCode, message: error.message }),
    ),
  };
}
