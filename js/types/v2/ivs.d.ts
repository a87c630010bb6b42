import { IVS } from '../v2-ivs.js';

export { IVS };
export default IVS;
