// @ts-check
// Browsers, Node, Deno, Bun and bundlers: the wasm is a chunk of JavaScript that is loaded with the first call.
import { provide } from '../load.js';

provide(async () => (await import('#wasm')).bytes());

export { IVS, IVS as default, ready } from '../ivs.js';
export { IVSError } from '../errors.js';
export {
  AccessDeniedException, ChannelNotBroadcasting, ConflictException, InternalServerException, PendingVerification,
  ResourceNotFoundException, ServiceQuotaExceededException, ServiceUnavailable, StreamUnavailable, ThrottlingException, ValidationException,
} from '../exceptions.js';
