import { call } from '../call.js';

export const runtime = 'nodejs';
export const POST = call;
