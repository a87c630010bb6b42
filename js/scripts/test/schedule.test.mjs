// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { schedule } from './schedule.mjs';
import { withSetUp } from './suites.mjs';

/** @param {string} name @param {Partial<import('./schedule.mjs').Task>} [more] */
const task = (name, more) => ({ name, command: 'node x', needs: [], ...more });

/** Runs tasks and tells what happened: `+a` for a start, `-a` for an end. @param {import('./schedule.mjs').Task[]} tasks @param {number} lanes */
async function traced(tasks, lanes) {
  /** @type {string[]} */
  const trace = [];
  const results = await schedule(tasks, lanes, async ({ name }) => {
    trace.push(`+${name}`);
    await wait(5);
    trace.push(`-${name}`);
    return name;
  });
  assert.deepEqual(results, tasks.map(({ name }) => name));
  return trace.join(' ');
}

test('one lane keeps the order', async () => {
  assert.equal(await traced([task('a'), task('b'), task('c')], 1), '+a -a +b -b +c -c');
});

test('two lanes run two at once and no third', async () => {
  assert.equal(await traced([task('a'), task('b'), task('c')], 2), '+a +b -a +c -b -c');
});

test('what is needed comes first; what needs nothing does not wait for it', async () => {
  assert.equal(await traced([task('build'), task('pack', { needs: ['build', 'npm'] }), task('c')], 2), '+build +c -build +pack -c -pack');
});

test('the set-up runs beside what needs none of it', async () => {
  const suites = ['format', 'lint', 'types'].map((name) => ({ ...task(name), title: name, order: 1 }));
  suites[2].needs = ['npm'];
  assert.equal(await traced(withSetUp(suites, ['npm', 'python']), 2), '+set-up +format -set-up +lint -format +types -lint -types');
  assert.equal(await traced(withSetUp(suites, []), 2), '+format +lint -format +types -lint -types');
});

test('commands of cargo do not run beside each other', async () => {
  assert.equal(await traced([task('a', { command: 'cargo test' }), task('b', { command: 'js/scripts/wasm cargo test' })], 2), '+a -a +b -b');
});

test('a task that is to be alone is alone', async () => {
  assert.equal(await traced([task('a'), task('b', { alone: true }), task('c')], 2), '+a +c -a -c +b -b');
});

test('tasks that wait for each other are told', async () => {
  await assert.rejects(traced([task('a', { needs: ['b'] }), task('b', { needs: ['a'] })], 2), /a, b wait for each other/);
});
