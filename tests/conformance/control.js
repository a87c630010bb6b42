// @ts-check
// The endpoint's control calls over HTTP.

/** @typedef {(name: string, args?: any) => Promise<any>} RemoteControl */

/** @param {string} endpoint @param {typeof globalThis.fetch} [fetch] @returns {RemoteControl} */
export const makeControl = (endpoint, fetch = globalThis.fetch) => async (name, args = {}) => {
  // text/plain: a page may send it anywhere without a preflight.
  const response = await fetch(`${endpoint}/__control/${name}`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify(args) });
  const answer = await response.json();
  if (!response.ok) throw new Error(`control ${name}: ${answer.message}`);
  return answer;
};
