// @ts-check
// The suite in every runtime.
import { main } from './project.mjs';
import { browser, node, workerd } from './runtimes.mjs';

await main({ ...node, ...workerd, ...browser });
