// @ts-check
// One suite in several runtimes: the reports one after another, and the count that the test runner reads.

/** @typedef {{ passed: number, failed: number, lines: string[] }} Report */

/**
 * A runtime in which the suite does not get to its end has failed; the others go on.
 * @param {Record<string, () => Promise<Report>>} runtimes
 * @returns {Promise<number>} the exit code
 */
export async function inTurn(runtimes) {
  const total = { passed: 0, failed: 0 };
  for (const [name, start] of Object.entries(runtimes)) {
    try {
      const { passed, failed, lines } = await start();
      for (const line of lines) console.log(line);
      console.log(`${name}: ${passed} passed, ${failed} failed`);
      total.passed += passed;
      total.failed += failed;
    } catch (error) {
      console.log(`  FAIL  ${name} did not get to its end: ${/** @type {Error} */ (error).message}`);
      total.failed++;
    }
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed || !total.passed ? 1 : 0;
}
