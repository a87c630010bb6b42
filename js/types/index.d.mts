// Node resolves declarations by file type: the ones for import.
export * from './index.js';
