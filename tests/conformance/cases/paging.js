// @ts-check
// Every operation that lists in pages: all items, each once, whatever happens between two pages.
import { operations } from '../../../js/mock/facts.js';
import { publicKey } from '../../../js/mock/scene.js';
import { equal, ok, refused } from '../expect.js';

/** No two keys may be alike. */
let added = 0;

/** How to make one more item of what an operation lists. @type {Record<string, { needs: string[], add: (ivs: any, tools: any, scene: any) => Promise<any>, limit?: object, input?: (scene: any) => object }>} */
const LISTS = {
  listAdConfigurations: { needs: ['createAdConfiguration'], add: (ivs, _, scene) => ivs.createAdConfiguration({ mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn: scene.playbackConfigurationArn }] }) },
  listChannels: { needs: ['createChannel'], add: (ivs) => ivs.createChannel({}) },
  listFailoverSlateConfigurations: { needs: ['createFailoverSlateConfiguration'], add: (ivs) => ivs.createFailoverSlateConfiguration({}) },
  listPlaybackKeyPairs: { needs: ['importPlaybackKeyPair'], limit: { playbackKeyPairs: 100 }, add: (ivs) => ivs.importPlaybackKeyPair({ publicKeyMaterial: publicKey(10 + added++) }) },
  listPlaybackRestrictionPolicies: { needs: ['createPlaybackRestrictionPolicy'], add: (ivs) => ivs.createPlaybackRestrictionPolicy({}) },
  listRecordingConfigurations: { needs: ['createRecordingConfiguration'], add: (ivs) => ivs.createRecordingConfiguration({ destinationConfiguration: { s3: { bucketName: 'my-recordings' } } }) },
  listStreamKeys: { needs: ['createStreamKey'], limit: { streamKeysPerChannel: 100 }, input: ({ channelArn }) => ({ channelArn }), add: (ivs, _, { channelArn }) => ivs.createStreamKey({ channelArn }) },
  listStreamSessions: {
    needs: ['stopStream'],
    input: ({ channelArn }) => ({ channelArn }),
    add: async (ivs, { control }, { channelArn }) => {
      await control('goLive', { channelArn });
      await ivs.stopStream({ channelArn });
    },
  },
  listStreams: {
    needs: ['createChannel'],
    add: async (ivs, { control }) => control('goLive', { channelArn: (await ivs.createChannel({})).channel.arn }),
  },
};

/** What tells items apart. @param {any} item */
const identity = (item) => item.arn ?? item.streamId;

/** @type {import('../suite.js').Case[]} */
export const paging = Object.entries(operations).filter(([, { paginator }]) => paginator).map(([operation, { paginator }]) => {
  const list = LISTS[operation];
  const key = /** @type {NonNullable<typeof paginator>} */ (paginator).resultKey;
  return {
    name: `${operation}: pages of two hold every item once, also when more come meanwhile`,
    needs: [operation, ...list.needs],
    async body(tools) {
      const { client, control } = tools;
      const ivs = client();
      const scene = await control('scene');
      if (list.limit) await control('setQuotas', list.limit);
      const input = list.input?.(scene) ?? {};
      const there = (await ivs[operation]({ ...input, maxResults: 50 }))[key].length;
      for (let i = there; i < 5; i++) await list.add(ivs, tools, scene);
      /** @type {string[]} */
      const seen = [];
      /** @type {number[]} */
      const sizes = [];
      let nextToken;
      do {
        /** @type {any} */
        const page = await ivs[operation]({ ...input, maxResults: 2, ...(nextToken ? { nextToken } : {}) });
        seen.push(...page[key].map(identity));
        sizes.push(page[key].length);
        nextToken = page.nextToken;
        // Sessions are listed newest first: one that comes now is before the page, the others come after it.
        if (sizes.length === 1) await list.add(ivs, tools, scene);
      } while (nextToken && sizes.length < 10);
      const total = operation === 'listStreamSessions' ? 5 : 6;
      equal(sizes, total === 6 ? [2, 2, 2] : [2, 2, 1], 'sizes of pages');
      equal(new Set(seen).size, total, 'different items');
      ok(nextToken === undefined || nextToken === null, 'the last page has no token');
      await refused(ivs[operation]({ ...input, nextToken: 'somebody-elses' }), 'ValidationException', 400, 'a foreign token');
      await refused(ivs[operation]({ ...input, maxResults: 0 }), 'ValidationException', 400, 'maxResults 0');
      await refused(ivs[operation]({ ...input, maxResults: 101 }), 'ValidationException', 400, 'maxResults 101');
    },
  };
});
