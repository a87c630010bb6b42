// @ts-check
// What ends a request: as much of an AbortSignal as is asked of one here. A real one for each request costs a call a tenth in Node,
// where it is watched by the garbage collection.

export class Stop {
  aborted = false;
  /** @type {Set<() => void>} */
  listeners = new Set();

  /** @param {string} _ it is only ever `abort` @param {() => void} listener */
  addEventListener(_, listener) {
    this.listeners.add(listener);
  }

  /** @param {string} _ @param {() => void} listener */
  removeEventListener(_, listener) {
    this.listeners.delete(listener);
  }

  abort() {
    this.aborted = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}
