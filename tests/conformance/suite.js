// @ts-check
// One suite for every client and every runtime. It is given the client and an endpoint and uses nothing else of the
// platform than fetch, so that it runs unchanged in Node, in workerd and in a page.
import { operations } from '../../js/mock/facts.js';
import { access } from './cases/access.js';
import { answers } from './cases/answers.js';
import { errors } from './cases/errors.js';
import { library } from './cases/library.js';
import { paging } from './cases/paging.js';
import { rules } from './cases/rules.js';
import { makeControl } from './control.js';

/**
 * @typedef {object} ClientOptions what `make` is asked for
 * @property {string} endpoint
 * @property {string} region
 * @property {{ accessKeyId: string, secretAccessKey: string, sessionToken?: string }} credentials
 * @property {number} [maxAttempts] how often a call may be sent; the client's own default when absent
 *   and, in cases that are asked of our library only, any other option of it
 *
 * @typedef {object} Traits what is known to differ between clients, named by the runner that brings the client
 * @property {(operation: string) => boolean} [has] does it have this operation? All when absent
 * @property {(shape: string, member: string) => boolean} [knows] does its model have this member? All when absent
 * @property {boolean} [ours] is it our library, of which more is asked? False when absent
 * @property {string} [text] where an error of IVS has its text: 'message' when absent
 *
 * @typedef {object} Tools what a case gets
 * @property {(options?: Record<string, unknown>) => any} client a new client; by default of the endpoint's first account
 * @property {import('./control.js').RemoteControl} control
 * @property {Required<Traits>} traits
 * @property {string} endpoint
 * @property {typeof globalThis.fetch} send reaches the endpoint without a client
 *
 * @typedef {{ name: string, needs: string[], ours?: boolean, body: (tools: Tools) => Promise<void> }} Case
 */

export const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

/**
 * @param {{ make: (options: ClientOptions) => any, endpoint: string, log?: (line: string) => void, traits?: Traits,
 *   fetch?: typeof globalThis.fetch, only?: string }} run
 *   fetch: reaches the endpoint's control calls, for one that is not on the network; only: cases whose name contains this
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function run({ make, endpoint, log = console.log, traits = {}, fetch, only = '' }) {
  /** @type {Tools} */
  const tools = {
    client: (options) => make({ endpoint, region: 'us-west-2', credentials: CREDENTIALS, ...options }),
    control: makeControl(endpoint, fetch),
    traits: { has: () => true, knows: () => true, ours: false, text: 'message', ...traits },
    endpoint,
    send: fetch ?? ((url, init) => globalThis.fetch(url, init)),
  };
  const offered = Object.keys(operations).filter(tools.traits.has);
  /** @type {Case[]} */
  const cases = [...answers, ...errors, ...rules, ...paging, ...access, ...library].filter(({ name }) => name.includes(only));
  const count = { passed: 0, failed: 0 };
  let notAsked = 0;
  for (const { name, needs, ours = false, body } of cases) {
    if (ours && !tools.traits.ours) continue;
    const lacking = needs.filter((operation) => !offered.includes(operation));
    if (lacking.length) {
      notAsked++;
      continue;
    }
    try {
      await tools.control('reset');
      await body(tools);
      count.passed++;
      log(`  ok    ${name}`);
    } catch (error) {
      count.failed++;
      log(`  FAIL  ${name}\n          ${String(/** @type {any} */ (error)?.stack ?? error).split('\n').slice(0, 6).join('\n          ')}`);
    }
  }
  const absent = Object.keys(operations).filter((operation) => !offered.includes(operation));
  if (absent.length) log(`  this client does not have ${absent.join(', ')}: ${notAsked} cases not asked of it`);
  return count;
}
