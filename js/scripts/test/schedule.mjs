// @ts-check
// Runs suites side by side: in their order, each when what it needs is there.

/**
 * @typedef {object} Task
 * @property {string} name
 * @property {string} command
 * @property {string[]} needs
 * @property {boolean} [alone] measures time or memory: nothing else runs meanwhile
 */

/** Two cargo commands in one target folder only wait for each other. @param {Task} task */
const usesCargo = ({ command }) => !command.includes('CARGO_TARGET_DIR=') && /\bcargo\b|scripts\/wasm\b|clippy-wasm|build\.mjs|stable\.sh|adding/.test(command);

/**
 * @template {Task} T
 * @template R
 * @param {T[]} tasks
 * @param {number} lanes how many run at once
 * @param {(task: T, done: Map<string, R>) => Promise<R>} run given what is done so far, by name
 * @returns {Promise<R[]>} in the order of the tasks
 */
export async function schedule(tasks, lanes, run) {
  const names = new Set(tasks.map(({ name }) => name));
  const waiting = [...tasks];
  /** @type {Map<T, Promise<void>>} */
  const running = new Map();
  /** @type {Map<string, R>} */
  const done = new Map();

  /** @param {T} task */
  const ready = (task) => {
    const others = [...running.keys()];
    if (others.length >= lanes || others.some(({ alone }) => alone) || (task.alone && others.length)) return false;
    if (usesCargo(task) && others.some(usesCargo)) return false;
    return task.needs.every((need) => !names.has(need) || done.has(need));
  };

  while (waiting.length || running.size) {
    const next = waiting.findIndex(ready);
    if (next < 0) {
      if (!running.size) throw new Error(`nothing can run: ${waiting.map(({ name }) => name).join(', ')} wait for each other`);
      await Promise.race(running.values());
      continue;
    }
    const [task] = waiting.splice(next, 1);
    running.set(task, run(task, done).then((result) => {
      done.set(task.name, result);
      running.delete(task);
    }));
  }
  return tasks.map(({ name }) => /** @type {R} */ (done.get(name)));
}
