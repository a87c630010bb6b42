// @ts-check
// The life of a stream session. Encoders do this in the real service; here the control calls do.

const STATE_CHANGE = 'IVS Stream State Change';

/** What an encoder sends unless a test says otherwise. */
const INGEST = {
  video: { codec: 'avc1.4D401F', avcProfile: 'Main', avcLevel: '3.1', profile: 'Main', level: '3.1', encoder: 'ivs-wasm/mock', targetBitrate: 3500000, targetFramerate: 30, videoHeight: 720, videoWidth: 1280 },
  audio: { codec: 'mp4a.40.2', targetBitrate: 160000, sampleRate: 48000, channels: 2 },
};

/**
 * @param {import('../store.js').Store} store
 * @param {any} channel
 * @param {{ streamId: string, now: number, health?: string, viewerCount?: number, ingest?: any }} how
 */
export function startSession(store, channel, { streamId, now, health = 'HEALTHY', viewerCount = 0, ingest = {} }) {
  const video = { ...INGEST.video, ...ingest.video };
  const audio = { ...INGEST.audio, ...ingest.audio };
  const session = {
    order: store.tick(),
    streamId,
    startTime: now,
    endTime: /** @type {number | undefined} */ (undefined),
    // As it was when it went live: later changes do not rewrite history.
    channel: structuredClone(channel),
    recordingConfiguration: clone(store.get('recording-configuration', channel.recordingConfigurationArn)),
    failoverSlateConfiguration: clone(store.get('failover-slate-configuration', channel.failoverSlateConfigurationArn)),
    ingestConfiguration: { video, audio },
    // The newer list leaves the two deprecated members empty and names the track.
    ingestConfigurations: {
      videoConfigurations: [{ ...video, avcProfile: '', avcLevel: '', track: 'Track0' }],
      audioConfigurations: [{ ...audio, track: 'Track0' }],
    },
    health,
    viewerCount,
    hasErrorEvent: false,
    /** @type {any[]} */
    events: [],
  };
  addEvent(session, { name: 'Session Created', type: STATE_CHANGE, now });
  addEvent(session, { name: 'Stream Start', type: STATE_CHANGE, now });
  if (session.recordingConfiguration) addEvent(session, { name: 'Recording Start', type: 'IVS Recording State Change', now });
  store.sessions.set(channel.arn, [...(store.sessions.get(channel.arn) ?? []), session]);
  return session;
}

/** @param {any} session @param {number} now */
export function endSession(session, now) {
  addEvent(session, { name: 'Stream End', type: STATE_CHANGE, now });
  if (session.recordingConfiguration) addEvent(session, { name: 'Recording End', type: 'IVS Recording State Change', now });
  addEvent(session, { name: 'Session Ended', type: STATE_CHANGE, now });
  session.endTime = now;
}

/** @param {any} session @param {string} health @param {number} now */
export function changeHealth(session, health, now) {
  if (session.health === health) return;
  session.health = health;
  if (health === 'STARVING') addEvent(session, { name: 'Starvation Start', type: 'IVS Stream Health Change', now });
  if (health === 'HEALTHY') addEvent(session, { name: 'Starvation End', type: 'IVS Stream Health Change', now });
}

/** @param {any} session @param {{ name: string, type: string, code?: string, now: number, error?: boolean }} event */
export function addEvent(session, { name, type, code, now, error }) {
  session.events.push({ name, type, code, eventTime: now });
  if (error) session.hasErrorEvent = true;
}

/** @param {any} item */
const clone = (item) => (item ? structuredClone(item) : undefined);
