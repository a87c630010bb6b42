import { call } from '../call.js';

export const runtime = 'edge';
export const POST = call;
