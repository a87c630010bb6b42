// @ts-check
// aws4fetch: signs a fetch. It knows no API, so it neither checks parameters nor makes Dates nor errors.
import { AwsClient, AwsV4Signer } from 'aws4fetch';
import { CREDENTIALS, HOST, PATHS, REGION } from '../world.js';

export const name = 'aws4fetch';
export const checks = false;
export const decodes = true;
export const errors = false;
/** It always builds a Request itself. */
export const buildsRequest = true;

const headers = { 'content-type': 'application/json' };

export function make() {
  const aws = new AwsClient({ ...CREDENTIALS, service: 'ivs', region: REGION });
  // A cache of keys, as AwsClient keeps one.
  const cache = new Map();
  return {
    /** @param {string} operation @param {any} params */
    async call(operation, params) {
      const response = await aws.fetch(`https://${HOST}${PATHS[operation]}`, { method: 'POST', headers, body: JSON.stringify(params) });
      return response.status === 204 ? {} : response.json();
    },
    /** @param {any} _ @param {string} body */
    sign: (_, body) =>
      new AwsV4Signer({ ...CREDENTIALS, service: 'ivs', region: REGION, cache, url: `https://${HOST}/PutMetadata`, method: 'POST', headers, body }).sign(),
  };
}
