// @ts-check
// Endpoints: AWS.Endpoint, and the hostname that a region has. The core, which signs, checks the region itself; this is here
// because `service.endpoint` can be read before the wasm is loaded.
import { hide } from './error.js';
import { partitions, service } from './facts.js';

export class Endpoint {
  /**
   * @param {any} endpoint a hostname, a URL, or another Endpoint
   * @param {any} [config] `sslEnabled: false` makes http of what has no scheme
   */
  constructor(endpoint, config) {
    for (const key of ['slashes', 'auth', 'hash', 'search', 'query']) hide(this, key, null);
    if (endpoint === undefined || endpoint === null || endpoint === '') throw new Error(`Invalid endpoint: ${endpoint}`);
    if (typeof endpoint !== 'string') return Object.assign(this, endpoint);
    const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(endpoint) ? endpoint : `http${config?.sslEnabled === false ? '' : 's'}://${endpoint}`;
    let url;
    try {
      url = new URL(text);
    } catch {
      throw new Error(`Invalid endpoint: ${endpoint}`);
    }
    this.protocol = url.protocol;
    const port = /:(\d+)$/.exec(text.replace(/^[^/]*\/\//, '').split(/[/?#]/)[0])?.[1];
    this.host = url.hostname + (port ? `:${port}` : '');
    this.port = Number(port ?? (url.protocol === 'https:' ? 443 : 80));
    this.hostname = url.hostname;
    this.pathname = this.path = url.pathname;
    this.href = `${url.protocol}//${this.host}${url.pathname}`;
  }
}

/** Pseudo regions, which say more than the region. @param {string} region @returns {{ region: string, fips: boolean }} */
export function realRegion(region) {
  const fips = region.startsWith('fips-') || region.endsWith('-fips');
  const stripped = fips ? region.replace(/^fips-(dkr-|prod-)?|-fips$/, '') : region;
  const real = { 'aws-global': 'us-east-1', 'aws-us-gov-global': 'us-gov-west-1' }[stripped] ?? (fips && stripped === 'aws' ? 'us-east-1' : stripped);
  return { region: real, fips };
}

/** Whether this can stand in a hostname: what else it were would name another host. @param {unknown} region */
export const isRegion = (region) => /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i.test(String(region));

/** The hostname for a region. @param {{ region: string, useFipsEndpoint?: boolean, useDualstackEndpoint?: boolean }} config */
export function hostname({ region, useFipsEndpoint, useDualstackEndpoint }, prefix = service.endpointPrefix) {
  const rows = partitions.trim().split('\n').map((row) => row.split(' '));
  const [, suffix, dualStack] = rows.find(([pattern]) => new RegExp(`^${pattern}$`).test(region)) ?? rows[0];
  return `${prefix}${useFipsEndpoint ? '-fips' : ''}.${region}.${useDualstackEndpoint ? dualStack : suffix}`;
}
