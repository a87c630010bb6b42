// @ts-check
// Cloudflare Workers compile no bytes inside a request: the wasm is a module that is imported.
// @ts-ignore: bundlers for Workers know the type
import wasm from './ivs.wasm';
import { provide } from '../load.js';

provide(() => wasm);

export { IVS, IVS as default, ready } from '../ivs.js';
export { IVSError } from '../errors.js';
export {
  AccessDeniedException, ChannelNotBroadcasting, ConflictException, InternalServerException, PendingVerification,
  ResourceNotFoundException, ServiceQuotaExceededException, ServiceUnavailable, StreamUnavailable, ThrottlingException, ValidationException,
} from '../exceptions.js';
