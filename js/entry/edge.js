// @ts-check
// Vercel's edge runtime: like Workers, with a suffix that its bundler asks for.
// @ts-ignore: the bundler knows the type
import wasm from './ivs.wasm?module';
import { provide } from '../load.js';

provide(() => wasm);

export { IVS, IVS as default, ready } from '../ivs.js';
export { IVSError } from '../errors.js';
export {
  AccessDeniedException, ChannelNotBroadcasting, ConflictException, InternalServerException, PendingVerification,
  ResourceNotFoundException, ServiceQuotaExceededException, ServiceUnavailable, StreamUnavailable, ThrottlingException, ValidationException,
} from '../exceptions.js';
