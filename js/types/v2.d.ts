// Declarations of ivs-wasm/v2: the namespace AWS of SDK v2, as far as it belongs to AWS.IVS.

import * as AWS from './v2-namespace.js';

export { AWS };
export default AWS;
export * from './v2-namespace.js';
