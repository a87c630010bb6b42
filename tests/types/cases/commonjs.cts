// The same declarations for `require`.
import ivsWasm = require('ivs-wasm');

const ivs = new ivsWasm.IVS({ region: 'us-west-2' });
export const pages: ivsWasm.IVSPaginator<ivsWasm.IVS.ListStreamsResponse, ivsWasm.IVS.StreamSummary> = ivs.paginateListStreams();
export const response: Promise<ivsWasm.IVS.GetChannelResponse> = ivs.getChannel({ arn: 'x' });
export const isOne: boolean = new Error('x') instanceof ivsWasm.ResourceNotFoundException;
// @ts-expect-error required member missing
ivs.getChannel({});
