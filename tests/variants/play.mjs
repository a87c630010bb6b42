// @ts-check
// Makes a call with a build, and writes down everything that comes out of it.

/** A service that gives its answers in their order, the last one again and again. @param {import('./scenario.mjs').Reply[]} replies */
export function server(replies) {
  let next = 0;
  /** @type {any[]} */
  const sent = [];
  const fetch = async (/** @type {any} */ url, /** @type {any} */ init) => {
    const { signal, headers, body, ...rest } = init;
    sent.push({ url: `${url}`, headers: [...new Headers(headers)], order: Object.keys(headers), body: typeof body === 'object' && body ? Buffer.from(body).toString('latin1') : body, ...rest });
    /** @type {any} */
    const reply = replies[Math.min(next++, replies.length - 1)];
    if (reply.lost) throw new TypeError('the connection is lost');
    return new Response(reply.status === 204 || reply.status === 304 ? null : reply.body, { status: reply.status, headers: reply.headers });
  };
  return { sent, fetch };
}

/** What became of it. @param {() => Promise<any>} does @returns {Promise<{ value?: any, error?: any }>} */
const settled = (does) => Promise.resolve().then(does).then((value) => ({ value }), (error) => ({ error }));

/**
 * @param {any} IVS
 * @param {ReturnType<typeof import('./scenario.mjs').scenario>} scene made anew for each build: a call may change what it is given
 */
export async function play(IVS, { operation, params, options, given, replies }) {
  const { sent, fetch } = server(replies);
  /** @type {unknown[]} */
  const log = [];
  const pauses = /** @type {any[]} */ ([]);
  const customBackoff = (/** @type {number} */ retry, /** @type {any} */ error) => (pauses.push([retry, shown(error)]), 1);
  const client = new IVS({ ...options, fetch, logger: { log: (/** @type {unknown[]} */ ...lines) => log.push(lines) }, ...(options.maxRetries === 5 ? { retryDelayOptions: { customBackoff } } : {}) });
  const signed = await settled(() => client.sign(operation, params));
  const ended = await settled(() => client[operation](params, given));
  const kinds = [signed.error ? 'not signed' : 'signed', ended.error ? String(ended.error.code ?? ended.error) : 'ok'];
  return { kinds, signed: shown(signed), ended: shown(ended), sent, log, pauses };
}

/** Everything there is to a value, as plain data; but not where in the code an error was made, and when. @param {any} value @param {number} [depth] @returns {any} */
export function shown(value, depth = 0) {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return String(value);
  if (!value || typeof value !== 'object' || depth > 30) return value;
  if (value instanceof Date) return { date: String(Number(value)) };
  const own = Reflect.ownKeys(value).filter((key) => key !== 'stack' && !(key === 'time' && value instanceof Error));
  const members = own.map((key) => [String(key), shown(value[key], depth + 1)]);
  return { is: Object.getPrototypeOf(value)?.constructor?.name, text: value instanceof Error ? `${value}` : undefined, members };
}
