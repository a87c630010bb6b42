// @ts-check
// What the core has of JavaScript's: an object for each client, and one for each call, which does what is not text and numbers:
// reads options, asks for credentials, sends, waits. This file is also compiled into the wasm glue as it stands.
import { make, words } from './errors.js';
import { text } from './params.js';
import { finish } from './result.js';
import { Limit, header } from './transport.js';
import { BODY, BOUND, BROKEN, EXPIRES, GIVEN, KEYS, KIND, LINES, LOGS, REASON, RULES, STATUS, THROWN } from './what.js';

/** @type {Record<string, string | undefined>} */
const LETTERS = { undefined: '-', string: 't', number: 'n', boolean: 'b', function: 'f', object: 'o' };

/** What a function gives; undefined if it throws. @template T @param {() => T} what @returns {T | undefined} */
const attempt = (what) => {
  try {
    return what();
  } catch { /* as if there were nothing */ }
};

/** A property; undefined if there is none, or reading it throws. @param {any} from @param {string} key */
const get = (from, key) => attempt(() => from?.[key]);

/** @param {unknown} value @returns {value is object} */
const isObject = (value) => typeof value === 'object' && value !== null;

/** @param {unknown} value @returns {value is Function} */
const isFunction = (value) => typeof value === 'function';

export class Hand {
  /** @type {any} */
  [LINES] = '';
  /** How a wait ends at most that goes as planned: see `Outcome`. */
  planned = 0;

  /**
   * @param {any} options of a call; for a client, what has them
   * @param {string} sections the options that hold options; for a client
   * @param {unknown} params of a call, or a function that gives their text
   * @param {Hand} [client] whose call it is; nothing for a client
   */
  constructor(options, sections, params, client) {
    this.client = client ?? this;
    this.sections = sections;
    if (!client) ({ options } = options);
    if (isObject(options)) {
      const signal = get(options, 'signal');
      const fetch = get(options, 'fetch');
      this[LINES] = seen(options, this.client.sections);
      if (isFunction(fetch)) this.fetch = fetch;
      if (isObject(signal)) {
        this.signal = signal;
        if (!isFunction(get(signal, 'addEventListener'))) this[LINES] += '!\nExpected the option signal to be an AbortSignal\n';
      }
    }
    if (client) {
      this.signal ??= client.signal;
      this.fetch ??= client.fetch;
      // A call that is given up before it starts has no parameters.
      this.cause = get(this.signal, 'reason');
      if (get(this.signal, 'aborted')) return;
      try {
        // At once: what the caller does with the object afterwards is not part of this call.
        this[GIVEN] = isFunction(params) ? params() : text(params);
      } catch (thrown) {
        this.caught(thrown);
      }
      return;
    }
    const source = this.source = get(options, 'credentials');
    const values = isObject(source) ? source : options;
    this[KIND] = isFunction(source) ? 2 : isFunction(get(source, 'get')) ? 3 : 0;
    if (!this[KIND]) {
      this.keys(values);
      if (values === source || this[KEYS]) this[KIND] = 1;
    }
    this.logger = get(options, 'logger');
    // To the core, which asks for numbers, true is 1.
    this[LOGS] = isObject(this.logger);
    this.backoff = get(get(options, 'retryDelayOptions'), 'customBackoff');
    this[RULES] = isFunction(this.backoff);
    const bound = get(options, 'params');
    if (isObject(bound)) {
      this[BOUND] = attempt(() => JSON.stringify(bound));
      this[LINES] += this[BOUND] ? '' : '!\nExpected params to be readable, but reading them failed\n';
    }
  }

  /** Takes over credentials. @param {any} from @param {unknown} [expires] in milliseconds since 1970 */
  keys(from, expires = get(from, 'expires')) {
    'accessKeyId secretAccessKey sessionToken'.split(' ').forEach((key, i) => {
      const value = get(from, key);
      /** @type {any} */ (this)[KEYS + i] = typeof value === 'string' && value ? value : undefined;
    });
    this[EXPIRES] = typeof expires === 'number' ? expires : Infinity;
  }

  /** What was thrown by a transport, a provider or a parameter. @param {unknown} thrown */
  caught(thrown) {
    this.cause = thrown;
    this[THROWN] = words(thrown, 'Network Failure');
  }

  /**
   * Leads a call. Whoever waits holds the object of the call; nobody holds the wait, so a Worker that forgets a request forgets it.
   * @param {{ step(hand: Hand, place: number, call: number, end: number): void }} exports of the instance that the call is made in; `step` goes on
   *   after a wait that ended so, and leaves here what is to be waited for next, or the result, or the error
   * @param {number} place
   * @param {number} call
   */
  async lead(exports, place, call) {
    /** @type {any} */
    let value;
    for (let end = 0; !this.error;) {
      exports.step(this, place, call, end);
      const { wait } = this;
      if (!wait) break;
      this.wait = this.cause = undefined;
      ({ end, value } = /** @type {import('./transport.js').Outcome} */ (await wait));
      if (end > this.planned) this.caught(value);
      else if (value) ({ status: this[STATUS], reason: this[REASON], text: this[BODY] } = this.answer = value);
    }
    if (this.error) throw this.error;
    return this.result;
  }

  /** Waits for credentials, or just so long. @param {number} ms @param {boolean} asks */
  pause(ms, asks) {
    // The time of a pause runs out, that is all that it is for.
    this.planned = asks ? 0 : 1;
    const limit = this.limit(ms, false);
    this.wait = limit?.until(asks ? ask(this) : undefined, 0) ?? { end: 5 };
  }

  /** The value of a JSON text; the result, if nothing else follows. @param {string} json */
  parsed(json) {
    return (this.result = JSON.parse(json));
  }

  /**
   * Gets ready to send a request: by 1 the application's own `fetch`, by 2 that of the environment, or not at all.
   * @param {RequestInit} init
   * @param {boolean} given whether the body is the text of the parameters
   * @param {number} ms
   */
  open(init, given, ms) {
    this.planned = 0;
    const limit = this.limited = this.limit(ms, true);
    const way = this.fetch ? 1 : isFunction(globalThis.fetch) ? 2 : 0;
    this.wait = { end: limit ? 6 : 5 };
    if (!limit) return 0;
    if (!way) limit.clear();
    if (given) init.body = this[GIVEN];
    if (limit.signal) init.signal = limit.signal;
    return way;
  }

  /** By the application's own `fetch`. @param {string} url @param {RequestInit} init */
  own(url, init) {
    const { fetch } = this;
    try {
      return fetch(url, init);
    } catch (thrown) {
      return Promise.reject(thrown);
    }
  }

  /** Waits for the answer to what was sent, and reads it. @param {any} answer @param {number} most */
  sent(answer, most) {
    this.wait = this.limited?.until(answer, most);
    // The core holds this object while it waits, and the limit whoever waits: a Worker could not forget him.
    this.limited = undefined;
  }

  /** @param {number} ms @param {boolean} controlled */
  limit(ms, controlled) {
    // Undefined where there are no timers, or no AbortController.
    return attempt(() => new Limit(ms === Infinity ? undefined : ms, this.signal, controlled));
  }

  /** What is wrong with the answer as JSON: the engine's own words say it best. */
  get [BROKEN]() {
    try {
      JSON.parse(this[BODY]);
    } catch (thrown) {
      return words(thrown, '');
    }
  }

  /** A header of the answer. @param {string} name */
  header(name) {
    return header(this.answer.headers, name);
  }

  /** Whether the result could be made; an empty `json` is the body of the answer. @param {string} json @param {[any, any, any, any, any]} rest */
  finish(json, ...rest) {
    return !!attempt(() => {
      this.result = finish(json || this[BODY], ...rest);
      return true;
    });
  }

  /** @param {string} json */
  fail(json) {
    this.error = make(json, this.cause);
  }

  /** The delay by the application's own rule, -1 to stop. @param {number} retry @param {string} json */
  rule(retry, json) {
    const { backoff } = this.client;
    const delay = attempt(() => backoff(retry, make(json, undefined)));
    return delay >= 0 && typeof delay === 'number' ? delay : -1;
  }

  /** Tells credentials of SDK v2 that they have expired; whether that was possible. */
  expire() {
    return !!attempt(() => {
      Reflect.set(this.client.source, 'expired', true);
      return true;
    });
  }

  /** A logger that throws does not spoil the call. @param {string} line */
  log(line) {
    const { logger } = this.client;
    const log = get(logger, 'log');
    attempt(() => (isFunction(log) ? log.call(logger, line) : logger.write(`${line}\n`)));
  }

  /** @param {string} sentence */
  warn(sentence) {
    attempt(() => console.warn(`ivs-wasm: ${sentence}`));
  }
}

/**
 * The own properties, those of the objects called `sections` behind a dot, in two lines for each: a letter for its type and its name; its
 * value, if that is a string, a boolean or a number. Behind the letter `!` is what is wrong.
 * @param {object} options
 * @param {string} sections
 */
function seen(options, sections) {
  let lines = '';
  const read = (/** @type {any} */ from, /** @type {string} */ prefix) => {
    for (const key of Reflect.ownKeys(from)) {
      if (typeof key !== 'string') continue;
      const name = prefix + key;
      let value = get(from, key) ?? undefined;
      // An endpoint of SDK v2 is an object that knows its address.
      if (name === 'endpoint' && typeof value === 'object') {
        const href = get(value, 'href');
        if (typeof href === 'string') value = href || value;
      }
      const letter = LETTERS[typeof value] ?? '?';
      // No option may have a control character, so that it does not matter which one.
      for (const text of [letter + name, 'tbn'.includes(letter) ? `${value}` : '']) lines += `${text.replaceAll('\n', '\r')}\n`;
      if (letter === 'o' && sections.split(' ').includes(name)) read(value, `${name}.`);
    }
  };
  try {
    read(options, '');
    return lines;
  } catch {
    return '!\nExpected the options to be readable, but reading them failed\n';
  }
}

/**
 * Asks a function for credentials, or an object of SDK v2, which refreshes itself in `get`. The callback may come at once or later.
 * @param {Hand} hand
 */
async function ask(hand) {
  const { source } = hand.client;
  if (isFunction(source)) {
    const found = await source();
    const expiration = found?.expiration;
    return hand.keys(found, expiration == null ? null : new Date(expiration).getTime());
  }
  await new Promise((resolve, reject) => source.get((/** @type {unknown} */ error) => (error ? reject(error) : resolve(0)))?.catch?.(reject));
  hand.keys(source);
}
