// What SDK v2 was seen to do in Chromium (browserObserved of tests/data/v2-golden.json), done once more with ivs-wasm/v2 in a page.
import AWS from 'ivs-wasm/v2';

const EVENTS = ['validate', 'build', 'afterBuild', 'sign', 'httpUploadProgress', 'httpHeaders', 'httpDownloadProgress', 'httpData', 'httpDone', 'send', 'validateResponse', 'extractData', 'success', 'complete'];

/** What of a call a row may tell. @param {any} request */
async function outcome(request) {
  const data = await request.promise().catch(() => undefined);
  const { error, requestId = null, retryCount, redirectCount, httpResponse } = request.response;
  const { code, message, statusCode, retryable, exceptionMessage } = error ?? {};
  const visibleHeaders = Object.keys(httpResponse.headers).sort();
  return { data, requestId, retryCount, redirectCount, visibleHeaders, error: error && { code, message, statusCode, retryable, requestId: error.requestId, exceptionMessage } };
}

/** @param {{ base: string, dead: string, plans: Record<string, { path?: string, options?: any, dead?: boolean, abort?: number[], token?: boolean, operation?: string, params?: any }> }} input */
export default async ({ base, dead, plans }) => {
  /** @type {Record<string, any>} */
  const results = {};
  for (const [name, { path = 'fine', options, dead: isDead, abort, token, operation = 'getChannel', params = { arn: 'a' } }] of Object.entries(plans)) {
    const make = (more = {}) => new AWS.IVS({
      region: 'us-west-2', endpoint: isDead ? dead : `${base}/${path}`, maxRetries: 0, credentials: new AWS.Credentials('AKIDEXAMPLE', 'secret', token ? 'token' : undefined), ...options, ...more,
    });
    const request = make()[operation](params);
    const events = [];
    for (const event of EVENTS) request.on(event, () => events.at(-1) !== event && events.push(event));
    if (!abort) {
      results[name] = { ...await outcome(request), events };
      continue;
    }
    // In the same tick and in flight, with retries and without: one result, or all of them where they differ.
    const all = [];
    for (const maxRetries of [0, 3]) {
      for (const ms of abort) {
        const one = make({ maxRetries })[operation](params);
        const ended = outcome(one);
        if (ms) setTimeout(() => one.abort(), ms);
        else one.abort();
        all.push(await ended);
      }
    }
    results[name] = new Set(all.map((one) => JSON.stringify(one))).size === 1 ? all[0] : { all };
  }
  return results;
};
