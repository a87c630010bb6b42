// @ts-check
// Table of contents: one handler per operation, under the operation's camelCase name.
import * as ads from './ads.js';
import * as channels from './channels.js';
import * as failoverSlates from './failover-slates.js';
import * as metadata from './metadata.js';
import * as playbackKeys from './playback-keys.js';
import * as recording from './recording.js';
import * as restrictionPolicies from './restriction-policies.js';
import * as revocations from './revocations.js';
import * as streamKeys from './stream-keys.js';
import * as streams from './streams.js';
import * as tags from './tags.js';
import { operations } from '../facts.js';

const all = {
  ...ads, ...channels, ...failoverSlates, ...metadata, ...playbackKeys, ...recording, ...restrictionPolicies,
  ...revocations, ...streamKeys, ...streams, ...tags,
};

/** @type {Record<string, (ctx: import('./lookup.js').Context) => any>} */
export const handlers = Object.fromEntries(Object.keys(operations).map((name) => {
  const handler = /** @type {any} */ (all)[name];
  if (!handler) throw new Error(`the endpoint has no handler for ${name}`);
  return [name, handler];
}));
