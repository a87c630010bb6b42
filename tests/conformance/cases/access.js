// @ts-check
// What the service refuses before it looks at the call, and how a client tells it.
import { CREDENTIALS } from '../suite.js';
import { equal, ok, refused } from '../expect.js';

const SESSION = { accountId: '123456789012', accessKeyId: 'ASIASESSION', secretAccessKey: 'session secret', sessionToken: 'session/token+==' };
const session = ({ accessKeyId, secretAccessKey, sessionToken } = SESSION) => ({ accessKeyId, secretAccessKey, sessionToken });

/** @type {import('../suite.js').Case[]} */
export const access = [
  {
    name: 'a wrong secret: InvalidSignatureException',
    needs: ['listChannels'],
    async body({ client, control }) {
      const ivs = client({ credentials: { ...CREDENTIALS, secretAccessKey: 'wrong' }, maxAttempts: 1 });
      const { text } = await refused(ivs.listChannels({}), 'InvalidSignatureException', 403);
      ok(/^The request signature we calculated does not match/.test(text), `text: ${text}`);
      equal((await control('calls')).length, 1, 'calls received');
    },
  },
  {
    name: 'an unknown key: UnrecognizedClientException',
    needs: ['listChannels'],
    async body({ client }) {
      const ivs = client({ credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' }, maxAttempts: 1 });
      await refused(ivs.listChannels({}), 'UnrecognizedClientException', 403);
    },
  },
  {
    name: 'a region that the endpoint does not serve',
    needs: ['listChannels'],
    async body({ client }) {
      const { text } = await refused(client({ region: 'ca-west-1', maxAttempts: 1 }).listChannels({}), 'InvalidSignatureException', 403);
      ok(text.startsWith("Credential should be scoped to a valid region, not 'ca-west-1'"), `text: ${text}`);
    },
  },
  {
    name: 'a session token is sent and signed, on POST, GET and DELETE',
    needs: ['createChannel', 'listTagsForResource', 'untagResource'],
    async body({ client, control }) {
      await control('addCredential', SESSION);
      const ivs = client({ credentials: session() });
      const { channel } = await ivs.createChannel({ tags: { a: '1', b: '2' } });
      await ivs.untagResource({ resourceArn: channel.arn, tagKeys: ['a'] });
      equal((await ivs.listTagsForResource({ resourceArn: channel.arn })).tags, { b: '2' }, 'tags');
    },
  },
  {
    name: 'a wrong session token: UnrecognizedClientException; an expired one: ExpiredTokenException',
    needs: ['listChannels'],
    async body({ client, control }) {
      await control('addCredential', SESSION);
      const wrong = client({ credentials: { ...session(), sessionToken: 'other' }, maxAttempts: 1 });
      await refused(wrong.listChannels({}), 'UnrecognizedClientException', 403);
      await control('expireCredential', SESSION);
      await refused(client({ credentials: session(), maxAttempts: 1 }).listChannels({}), 'ExpiredTokenException', 403);
    },
  },
  {
    name: 'a clock ten minutes behind: signature expired; ten ahead: not yet current',
    needs: ['listChannels'],
    async body({ client, control }) {
      await control('advance', { ms: 600_000 });
      const behind = await refused(client({ maxAttempts: 1 }).listChannels({}), 'InvalidSignatureException', 403);
      ok(/^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/.test(behind.text), `text: ${behind.text}`);
      await control('advance', { ms: -1_200_000 });
      const ahead = await refused(client({ maxAttempts: 1 }).listChannels({}), 'InvalidSignatureException', 403);
      ok(/^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/.test(ahead.text), `text: ${ahead.text}`);
    },
  },
  {
    name: 'regions are apart',
    needs: ['createChannel', 'listChannels'],
    async body({ client }) {
      await client().createChannel({});
      equal((await client({ region: 'eu-west-1' }).listChannels({})).channels, [], 'channels in the other region');
      equal((await client().listChannels({})).channels.length, 1, 'channels in this one');
    },
  },
];
