// Errors: the base class, one class for each modelled error, the unions of codes.
import {
  AccessDeniedException, ChannelNotBroadcasting, ConflictException, IVS, IVSError, PendingVerification, ResourceNotFoundException,
  ThrottlingException, type ClientErrorCode, type ServiceErrorCode,
} from 'ivs-wasm';

export async function viewers(ivs: IVS, channelArn: string): Promise<number> {
  try {
    return (await ivs.getStream({ channelArn })).stream?.viewerCount ?? 0;
  } catch (error) {
    if (error instanceof ChannelNotBroadcasting) return 0;
    if (error instanceof IVSError) {
      const texts: (string | undefined)[] = [error.code, error.name, error.message, error.requestId, error.region, error.hostname, error.hint];
      const numbers: (number | undefined)[] = [error.statusCode, error.retryDelay, error.$metadata.attempts];
      const when: Date = error.time;
      const again: boolean | undefined = error.retryable;
      const single: readonly IVSError[] | undefined = error.errors;
      const behind: unknown = error.cause ?? error.originalError;
      // @ts-expect-error no such field
      error.statuscode;
      // @ts-expect-error fields cannot be assigned
      error.code = 'x';
      void [texts, numbers, when, again, single, behind];
    }
    throw error;
  }
}

export function codes(error: IVSError): string {
  switch (error.code) {
    case 'ThrottlingException': return 'slow down';
    case 'MissingRequiredParameter': return 'fill it in';
    case 'SomethingNewerThanThis': return 'codes may be added';
    default: return error.message;
  }
}

export const classes: (new (...args: never[]) => IVSError)[] = [
  AccessDeniedException, ConflictException, PendingVerification, ResourceNotFoundException, ThrottlingException,
];
export const own: ClientErrorCode = 'TimeoutError';
export const modelled: ServiceErrorCode = 'StreamUnavailable';
// @ts-expect-error not a code of this library
export const foreign: ClientErrorCode = 'ThrottlingException';
export function literal(error: ConflictException): 'ConflictException' {
  return error.code;
}
