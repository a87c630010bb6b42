// Declarations of ivs-wasm/mock: Amazon IVS in memory.

/** Who may call, and with what. */
export interface Credential {
  accountId: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** When given, requests must carry it. */
  sessionToken?: string | undefined;
  /** Milliseconds since 1970; from then on the session token is expired. */
  expiration?: number | undefined;
}

/** Limits of an account in a region. */
export interface Quotas {
  channels: number;
  concurrentStreams: number;
  streamKeysPerChannel: number;
  playbackKeyPairs: number;
  recordingConfigurations: number;
  playbackRestrictionPolicies: number;
  adConfigurations: number;
  failoverSlateConfigurations: number;
  tagsPerResource: number;
  /** UTF-8 bytes of one putMetadata. */
  metadataBytes: number;
  /** putMetadata calls a second for one channel. */
  metadataPerChannel: number;
  /** putMetadata calls a second for the account. */
  metadataPerAccount: number;
}

export interface Options {
  /** ARNs, keys and identifiers depend on it and on the order of calls alone. */
  seed?: string | number | undefined;
  /** The endpoint's clock; `Date.now` when absent. */
  now?: (() => number | Date) | undefined;
  /** Who may call; the example credential of AWS's documentation when absent. */
  accounts?: Credential[] | undefined;
  /** Regions answered for; those of IVS when absent. */
  regions?: string[] | undefined;
  quotas?: Partial<Quotas> | undefined;
  /** Enforce the call rates of each operation; false when absent. putMetadata's limits always hold. */
  apiRates?: boolean | undefined;
  /** How long resources are CREATING or UPDATING, in milliseconds; 1000 when absent. */
  settleMs?: number | undefined;
  /** Reply headers that pages may read; [] hides them all. */
  exposeHeaders?: string[] | undefined;
}

/** What the next calls answer instead. Every member is optional; together they describe one fault. */
export interface Fault {
  /** Only calls of this operation, `getChannel` or `GetChannel`. */
  operation?: string | undefined;
  /** How many calls it hits; 1 when absent. */
  times?: number | undefined;
  /** How many matching calls pass untouched first; of the faults that were asked for later none hits those. */
  skip?: number | undefined;
  /** Answer with this error code, e.g. `ThrottlingException`; with its status, if it is one of AWS's, else with yours. */
  error?: string | undefined;
  message?: string | undefined;
  status?: number | undefined;
  /** Added last, so they win; '' removes one. */
  headers?: Record<string, string> | undefined;
  body?: string | undefined;
  /** Answer with a proxy's page of HTML, status 502. */
  html?: boolean | undefined;
  /** Carry the call out first: its effect is there, its answer is lost. Nothing else said, the connection is cut then. */
  after?: boolean | undefined;
  delayMs?: number | undefined;
  /**
   * reset: cut the connection before any answer; hang: never answer; stall: headers and half of the body, then nothing;
   * drip: the body in small pieces; short: promise more bytes than are sent, then close.
   */
  connection?: 'reset' | 'hang' | 'stall' | 'drip' | 'short' | undefined;
  /** Pause between the pieces of a dripping body; 20 when absent. */
  dripMs?: number | undefined;
}

export type Health = 'HEALTHY' | 'STARVING' | 'UNKNOWN';

/** What `scene()` has made. */
export interface Scene {
  /** A channel that is off the air, and its stream key. */
  channelArn: string;
  streamKeyArn: string;
  /** A channel whose stream key was deleted. */
  channelWithoutKeyArn: string;
  /** A channel on the air. */
  liveChannelArn: string;
  recordingConfigurationArn: string;
  playbackKeyPairArn: string;
  playbackRestrictionPolicyArn: string;
  adConfigurationArn: string;
  failoverSlateConfigurationArn: string;
  /** Of MediaTailor, which is not played here. */
  playbackConfigurationArn: string;
  /** A public key that was not imported yet, in PEM form. */
  publicKeyMaterial: string;
}

/**
 * What no API call can do. What it cannot take is a TypeError at once. Over HTTP: POST /__control/<name>,
 * the arguments as one JSON object.
 */
export interface Control {
  /** An encoder connects: the channel is live. One that is live already stays so, but for its health and viewers. */
  goLive(channelArn: string, how?: { health?: Health | undefined; viewerCount?: number | undefined; ingest?: { video?: object; audio?: object } | undefined }): { streamId: string };
  /** The encoder disconnects. */
  endStream(channelArn: string): void;
  setStream(channelArn: string, change: { health?: Health | undefined; viewerCount?: number | undefined }): void;
  addEvent(channelArn: string, event: { name: string; type: string; code?: string; error?: boolean }): void;
  /** Everything CREATING or UPDATING is done at once. */
  settle(): void;
  /** Recordings to this bucket end as CREATE_FAILED. */
  failBucket(bucketName: string): void;
  /** Moves the endpoint's clock. */
  advance(ms: number): void;
  fault(fault: Fault): void;
  clearFaults(): void;
  /** These operations answer AccessDeniedException until `allow()`. */
  deny(...operations: (string | string[])[]): void;
  allow(): void;
  /** Operations that can answer `PendingVerification` do; `false` ends that. */
  pendingVerification(pending?: boolean): void;
  addCredential(credential: Credential): void;
  expireCredential(accessKeyId: string): void;
  exposeHeaders(names: string[]): void;
  setQuotas(quotas: Partial<Quotas>): void;
  /** The calls received, oldest first, without secrets; the status is 0 where no answer was sent. */
  calls(): { operation: string | null; method: string; path: string; status: number; error?: string }[];
  /** As it was sent; null where none was. */
  lastAnswer(): { status: number; headers: Record<string, string>; body: string } | null;
  journal(): {
    metadata: { channelArn: string; streamId: string; metadata: string; at: number }[];
    adBreaks: { channelArn: string; adBreakId: string; targetStartAt: number; durationSeconds: number }[];
    revocations: { channelArn: string; viewerId: string; viewerSessionVersionsLessThanOrEqualTo: number; at: number }[];
  };
  /** Furnishes an account: one resource of each kind, a channel on the air. Gives their ARNs. Each call makes others. */
  scene(where?: { accountId?: string | undefined; region?: string | undefined }): Promise<Scene>;
  /** Forgets everything but the options. */
  reset(): void;
}

export interface Ivs {
  /** Give it to a client as its `fetch`. */
  fetch: typeof globalThis.fetch;
  control: Control;
  /** The credentials of the first account. */
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** For transports: one request in, one answer out. */
  handle(request: {
    method: string;
    /** As sent, still escaped. */
    path: string;
    /** Without the question mark. */
    query: string;
    /** Names in lower case. */
    headers: Map<string, string>;
    body: string | Uint8Array;
  }): Promise<{ status: number; headers: Record<string, string>; body: string; fault?: Fault }>;
}

/** An IVS of its own: nothing is shared between two of them. */
export function createIvs(options?: Options): Ivs;

/** The keys of AWS's documentation: they open nothing anywhere else. */
export const EXAMPLE_CREDENTIAL: Credential;
