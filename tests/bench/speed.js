// @ts-check
// The cases in one engine. The contenders that are part of the bundle come from '#contenders'.
import { contenders } from '#contenders';
import { cases } from './cases.js';
import { interleave } from './rounds.js';
import { world } from './world.js';

/** Time stands still in a Worker until something from outside arrives, a timer for example. */
const workersClock = () => new Promise((resolve) => setTimeout(() => resolve(performance.now()), 0));

/**
 * @param {{ rounds: number, slot: number, engine: string, only?: string }} how
 * @returns {Promise<Record<string, import('./rounds.js').Figures[]>>} by id of the case
 */
export default async function speed({ rounds, slot, engine, only }) {
  globalThis.fetch = /** @type {any} */ (world.fetch);
  const clock = engine === 'workerd' ? workersClock : () => performance.now();
  const clients = contenders.map((contender) => ({ ...contender, client: contender.make() }));
  /** @type {Record<string, any>} */
  const result = {};
  for (const one of cases.filter(({ id }) => !only || only.split(',').includes(id))) {
    world.answer(...one.answer);
    world.buildsRequest = one.buildsRequest ?? false;
    const able = clients.filter((contender) => (!one.only || contender[one.only]) && (!one.signs || contender.client.sign));
    const text = JSON.stringify(one.params);
    const runners = able.map(({ name, client }) => ({
      name,
      run: one.signs ? () => client.sign(one.params, text) : one.fails ? () => refused(client.call(one.operation, one.params)) : () => client.call(one.operation, one.params),
    }));
    for (const { name, run } of runners) await prove(one, name, run);
    result[one.id] = await interleave(runners, { rounds, slot, clock });
  }
  return result;
}

/** @param {Promise<unknown>} call */
const refused = (call) => call.then(() => { throw new Error('the call succeeded'); }, (error) => error);

/** A case that does something else than it says would be worth nothing. @param {import('./cases.js').Case} one @param {string} name @param {() => Promise<any>} run */
async function prove(one, name, run) {
  const before = world.requests;
  const value = await run();
  const sent = world.requests - before;
  const wanted = one.signs || one.id === 'validate' ? 0 : 1;
  if (sent !== wanted) throw new Error(`${name}, ${one.title}: ${sent} requests in place of ${wanted}`);
  if (one.id === 'error' && value.name !== 'ResourceNotFoundException') throw new Error(`${name}: ${value}`);
  if (one.id === 'validate' && value.errors?.length !== 50) throw new Error(`${name}: ${value}`);
  if (one.id === 'decode-streams' && value.streams?.length !== 100) throw new Error(`${name}: ${JSON.stringify(value)}`);
}
