// @ts-check
// What the core asks for by number, texts and then numbers: `What` in src/js/hand.rs. In a file of their own, since across files
// esbuild writes the numbers in place of the names. This file is also compiled into the wasm glue as it stands.

export const LINES = 0, GIVEN = 1, THROWN = 2, BROKEN = 3, BODY = 4, REASON = 5, BOUND = 6, KEYS = 7;
export const KIND = 10, EXPIRES = 11, LOGS = 12, STATUS = 13, RULES = 14;
