// @ts-check
// The test runner behind `make test`: node js/scripts/test.mjs [--matrix | --soak] [--list] [--verbose] [name…]
// Sets up what the suites need, while those that need nothing run already; runs two at a time (IVS_WASM_LANES), goes on after failures,
// and ends with a table and one line `N passed, N failed`. With names, only the suites whose names begin so run, and what they need.
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { at, main, run } from './build/project.mjs';
import { verdict } from './test/counts.mjs';
import { runSuite } from './test/run-suite.mjs';
import { schedule } from './test/schedule.mjs';
import { allSuites, requirements, targetOf, withSetUp } from './test/suites.mjs';

const LOGS = at('target/test-logs');
const TAIL_LINES = 60;

await main(async () => {
  const args = process.argv.slice(2);
  const names = args.filter((arg) => !arg.startsWith('--'));
  const target = args.includes('--soak') ? 'soak' : args.includes('--matrix') ? 'matrix' : 'test';
  const all = allSuites();
  const wanted = all.filter((suite) =>
    names.length ? names.some((name) => suite.name.startsWith(name)) : targetOf(suite) === target);
  if (!wanted.length) throw new Error(`no suite has a name that begins with ${names.join(' or ')}`);
  const { suites, stages } = requirements(wanted, all);
  if (args.includes('--list')) {
    for (const suite of suites) console.log(`${suite.name.padEnd(24)}${suite.title}  [${suite.command}]`);
    return;
  }

  const start = performance.now();
  mkdirSync(LOGS, { recursive: true });
  const verbose = args.includes('--verbose');
  const lanes = Number(process.env.IVS_WASM_LANES) || (verbose ? 1 : Math.min(2, availableParallelism()));
  let started = 0;
  const results = await schedule(withSetUp(suites, stages), lanes, async (suite, done) => {
    if (suite.name === 'set-up') return setUp(suite, stages);
    const broken = suite.needs.find((need) => done.get(need)?.failed);
    console.log(`[${String(++started).padStart(2)}/${suites.length}] ${suite.name}: ${suite.title}${broken ? `: not run, since ${broken} failed` : ''}`);
    return broken ? { suite, passed: 0, failed: 1, skipped: 0, seconds: 0 } : one(suite, verbose);
  });
  summary(results.filter(({ suite, failed }) => suite.name !== 'set-up' || failed), (performance.now() - start) / 1000);
});

/**
 * @typedef {{ suite: import('./test/suites.mjs').Suite, passed: number, failed: number, skipped: number, seconds: number }} Result
 * @param {import('./test/suites.mjs').Suite} suite @param {boolean} verbose @returns {Promise<Result>}
 */
async function one(suite, verbose) {
  const log = `${LOGS}/${suite.name}.log`;
  const end = await runSuite(suite.command, log, { verbose, title: suite.name, minutes: suite.minutes });
  const count = verdict({ ...end, check: suite.check });
  const { passed, failed, skipped } = count;
  if (failed && !verbose) {
    console.log(end.output.trimEnd().split('\n').slice(-TAIL_LINES).map((line) => `      | ${line}`).join('\n'));
    console.log(`      the whole output: target/test-logs/${suite.name}.log; again: node js/scripts/test.mjs ${suite.name}`);
  }
  const words = [`${passed} passed`, ...(failed ? [`${failed} FAILED`] : []), ...(skipped ? [`${skipped} skipped`] : [])];
  console.log(`        ${suite.name}: ${words.join(', ')} in ${end.seconds.toFixed(1)} s${end.timedOut ? ', out of time' : ''}`);
  return { suite, ...count, seconds: end.seconds };
}

/** @param {import('./test/suites.mjs').Suite} suite @param {string[]} stages @returns {Promise<Result>} */
async function setUp(suite, stages) {
  const start = performance.now();
  let failed = 0;
  await run(at('js/scripts/setup.sh'), stages).catch((cause) => {
    failed = 1;
    console.error(`error: ${cause.message}`);
  });
  return { suite, passed: 0, failed, skipped: 0, seconds: (performance.now() - start) / 1000 };
}

/** @param {{ suite: { title: string }, passed: number, failed: number, skipped: number, seconds: number }[]} results @param {number} seconds */
function summary(results, seconds) {
  const width = Math.max(...results.map(({ suite }) => suite.title.length));
  /** @param {'passed' | 'failed' | 'skipped'} key */
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  console.log(`\n${''.padEnd(width)}  passed  failed  skipped  seconds`);
  for (const { suite, ...result } of results) {
    const cells = [String(result.passed).padStart(6), String(result.failed).padStart(6), String(result.skipped).padStart(7)];
    console.log(`${suite.title.padEnd(width)}  ${cells.join('  ')}  ${result.seconds.toFixed(1).padStart(7)}${result.failed ? '  FAILED' : ''}`);
  }
  console.log(`${'all'.padEnd(width)}  ${''.padStart(22)} ${seconds.toFixed(1).padStart(8)}\n`);
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
  if (total('failed')) process.exitCode = 1;
}
