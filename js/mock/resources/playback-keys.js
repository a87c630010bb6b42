// @ts-check
// Playback keys: the public halves of the key pairs that sign viewers' tokens. IVS takes ECDSA keys on P-384.
import { makeArn } from '../arn.js';
import { hex, sha256 } from '../crypto.js';
import { conflict, quotaExceeded, validation } from '../errors.js';
import { page } from '../paging.js';
import { checkNewTags } from './tags.js';
import { find } from './lookup.js';

/** @typedef {import('./lookup.js').Context} Context */
const KIND = 'playback-key';

/** SubjectPublicKeyInfo of an uncompressed point on P-384, up to the point itself (which has 96 bytes). */
const P384_PREFIX = '3076301006072a8648ce3d020106052b8104002203620004';

/** @param {Context} ctx */
export async function importPlaybackKeyPair(ctx) {
  const { input, store, ids, quotas } = ctx;
  checkNewTags(input.tags, quotas);
  const fingerprint = await fingerprintOf(input.publicKeyMaterial);
  if (store.all(KIND).some((pair) => pair.fingerprint === fingerprint)) {
    throw conflict(`A playback key pair with fingerprint ${fingerprint} exists already`);
  }
  if (store.count(KIND) >= quotas.playbackKeyPairs) {
    throw quotaExceeded(`Playback key pair quota of ${quotas.playbackKeyPairs} exceeded`);
  }
  const keyPair = store.add(KIND, {
    arn: makeArn(store.region, store.account, KIND, ids.resource()),
    name: input.name ?? '',
    fingerprint,
    tags: { ...input.tags },
  });
  return { keyPair };
}

/** @param {Context} ctx */
export const getPlaybackKeyPair = (ctx) => ({ keyPair: find(ctx, KIND, ctx.input.arn) });

/** @param {Context} ctx */
export function listPlaybackKeyPairs({ input, store }) {
  const { items: keyPairs, nextToken } = page({ items: store.all(KIND), input, about: `listPlaybackKeyPairs ${store.account} ${store.region}` });
  return { keyPairs, nextToken };
}

/** @param {Context} ctx */
export function deletePlaybackKeyPair(ctx) {
  ctx.store.remove(KIND, find(ctx, KIND, ctx.input.arn).arn);
}

/**
 * Sixteen bytes in the form IVS shows. The service hashes with MD5, which WebCrypto lacks; the start of SHA-256
 * serves as well to tell keys apart.
 * @param {string} pem
 */
async function fingerprintOf(pem) {
  const body = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(pem.trim())?.[1];
  /** @type {Uint8Array} */
  let der = new Uint8Array();
  try {
    der = Uint8Array.from(atob((body ?? '').replace(/\s/g, '')), (c) => c.charCodeAt(0));
  } catch {
    // Not base64: refused below with everything else that is no key.
  }
  if (!hex(der).startsWith(P384_PREFIX) || der.length !== P384_PREFIX.length / 2 + 96) {
    throw validation("Value at 'publicKeyMaterial' failed to satisfy constraint: Member must be an ECDSA public key on P-384 in PEM form");
  }
  return /** @type {string[]} */ (hex(await sha256(der)).slice(0, 32).match(/../g)).join(':');
}
