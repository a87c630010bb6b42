// @ts-check
// A list of named checks with progress and the count that the test runner reads.

/**
 * @param {string} title
 */
export function checks(title) {
  let passed = 0;
  const failures = [];
  console.log(title);
  return {
    /**
     * Runs one check; what it throws makes it fail, and the others go on. Gives what the check gave.
     * @template T
     * @param {string} name
     * @param {() => T | Promise<T>} body
     * @returns {Promise<T | undefined>}
     */
    async check(name, body) {
      const start = performance.now();
      try {
        const value = await body();
        passed += 1;
        console.log(`  ok    ${name} (${Math.round(performance.now() - start)} ms)`);
        return value;
      } catch (error) {
        failures.push(name);
        console.log(`  FAIL  ${name}\n${String(error?.stack ?? error).replace(/^/gm, '          ')}`);
        return undefined;
      }
    },
    /** Prints the count; gives the exit code. */
    finish() {
      for (const name of failures) console.log(`failed: ${name}`);
      console.log(`${passed} passed, ${failures.length} failed`);
      return failures.length || passed === 0 ? 1 : 0;
    },
  };
}
