// @ts-check
// What one account holds in one region. Each collection maps ARN to record; `order` is the time of birth in ticks and
// is what pages are sorted by.

/** @typedef {{ arn: string, order: number, tags: Record<string, string>, [member: string]: any }} Item */

/** Collections by the resource type that stands in their ARNs. */
export const KINDS = [
  'channel', 'stream-key', 'recording-configuration', 'playback-key', 'playback-restriction-policy',
  'ad-configuration', 'failover-slate-configuration',
];

/** @param {string} account @param {string} region */
export function makeStore(account, region) {
  /** @type {Record<string, Map<string, Item>>} */
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
  let ticks = 0;
  return {
    account,
    region,
    /** @param {string} kind */
    all: (kind) => [...kinds[kind].values()],
    /** @param {string} kind */
    count: (kind) => kinds[kind].size,
    /** @param {string} kind @param {string} arn @returns {Item | undefined} */
    get: (kind, arn) => kinds[kind].get(arn),
    /** @param {string} kind @param {any} item @returns {Item} */
    add(kind, item) {
      const whole = { tags: {}, ...item, order: ++ticks };
      kinds[kind].set(whole.arn, whole);
      return whole;
    },
    /** @param {string} kind @param {string} arn */
    remove: (kind, arn) => void kinds[kind].delete(arn),
    tick: () => ++ticks,
    /** Stream sessions by channel ARN, oldest first. @type {Map<string, any[]>} */
    sessions: new Map(),
    /** What was inserted or revoked, for tests to look at. @type {{ metadata: any[], adBreaks: any[], revocations: any[] }} */
    journal: { metadata: [], adBreaks: [], revocations: [] },
  };
}

/** @typedef {ReturnType<typeof makeStore>} Store */
