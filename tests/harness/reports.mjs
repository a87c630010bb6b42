// @ts-check
// One suite in several runtimes: the reports one after another, and the count that the test runner reads.

/** @typedef {{ passed: number, failed: number, lines: string[] }} Report */

/** A program that throws beside its promise would be waited for until the runner ends the suite. */
const MINUTES = 5;

/**
 * A runtime in which the suite does not get to its end has failed; the others go on.
 * @param {Record<string, () => Promise<Report>>} runtimes
 * @returns {Promise<number>} the exit code
 */
export async function inTurn(runtimes) {
  const total = { passed: 0, failed: 0 };
  for (const [name, start] of Object.entries(runtimes)) {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    try {
      const late = new Promise((_, reject) => {
        timer = setTimeout(reject, MINUTES * 60_000, new Error(`nothing within ${MINUTES} minutes`));
      });
      const { passed, failed, lines } = /** @type {Report} */ (await Promise.race([start(), late]));
      for (const line of lines) console.log(line);
      console.log(`${name}: ${passed} passed, ${failed} failed`);
      total.passed += passed;
      total.failed += failed;
    } catch (error) {
      console.log(`  FAIL  ${name} did not get to its end: ${/** @type {Error} */ (error).message}`);
      total.failed++;
    } finally {
      clearTimeout(timer);
    }
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed || !total.passed ? 1 : 0;
}
