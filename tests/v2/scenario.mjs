// Runs the programs with ivs-wasm/v2 and the endpoint of ivs-wasm/mock, in whatever runtime this is.
import AWS from 'ivs-wasm/v2';
import IVS from 'ivs-wasm/v2/ivs';
import { createIvs } from 'ivs-wasm/mock';
import { programs } from './programs.mjs';

export default async () => {
  const lines = [];
  let [passed, failed] = [0, 0];
  const check = async (name, body) => {
    try {
      await body();
      passed++;
    } catch (error) {
      failed++;
      lines.push(`  FAIL  ${name}: ${error.code ?? ''} ${error.message}`);
    }
  };
  const mock = createIvs({ seed: 'v2' });
  const keys = { accessKeyId: mock.credentials.accessKeyId, secretAccessKey: mock.credentials.secretAccessKey };
  const fetch = mock.fetch;
  const options = { region: 'us-west-2', credentials: new AWS.Credentials(keys), fetch };
  const ivs = new AWS.IVS(options);
  const make = async (name) => (await ivs.createChannel({ name }).promise()).channel.arn;
  const [live, channel] = [await make('live'), await make('offline')];
  mock.control.goLive(live);
  for (const [name, program] of Object.entries(programs)) {
    await check(name, () => program({ AWS, ivs, mock, fetch, keys, options, live, channel }));
  }
  await check('ivs-wasm/v2/ivs is the class', async () => {
    if (typeof IVS !== 'function' || !(new IVS({ region: 'us-west-2' }) instanceof IVS)) throw new Error('no class');
  });
  return { passed, failed, lines };
};
