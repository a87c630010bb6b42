import { IVS } from '../v2-ivs.cjs';

export = IVS;
