// @ts-check
// The suite in one runtime; a part of a case's name may follow.
import { main } from './project.mjs';
import { browser } from './runtimes.mjs';

await main(browser);
