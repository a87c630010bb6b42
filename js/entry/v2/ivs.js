// @ts-check
// The class itself, as aws-sdk/clients/ivs is.
import { AWS } from '../v2.js';

export const { IVS } = AWS;
export { IVS as default, IVS as 'module.exports' };
