// @ts-check
// Leaves nothing behind: whatever is started or created says here how to end or remove it.

/** @type {Array<() => unknown>} */
const steps = [];
let running;
let finished = false;

/**
 * Registers a step that runs once, the last registered first, however the program ends. What is registered
 * when the clean-up is over (an interrupted test that goes on for a moment) runs at once.
 * @param {() => unknown} step
 */
export function atEnd(step) {
  if (finished) step();
  else steps.push(step);
}

/** Runs every step; a step that fails does not keep the others from running. */
export function cleanUp() {
  running ??= (async () => {
    for (let step = steps.pop(); step; step = steps.pop()) {
      await Promise.resolve().then(step).catch((error) => console.error(`clean-up: ${error.message}`));
    }
    finished = true;
  })();
  return running;
}

/**
 * Runs a program's main function, cleans up and ends with the exit code that it returns.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  const end = async (code) => {
    await cleanUp();
    // What a slow reader has not taken yet is lost with the program, and that is the count.
    for (const stream of [process.stdout, process.stderr]) await new Promise((resolve) => stream.write('', resolve));
    process.exit(code);
  };
  process.on('SIGINT', () => end(130));
  process.on('SIGTERM', () => end(143));
  process.on('SIGHUP', () => end(129));
  try {
    await end((await main()) ?? 0);
  } catch (error) {
    console.error(error);
    await end(1);
  }
}
