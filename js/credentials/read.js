// @ts-check
// Reading what STS (XML) and Cognito (JSON) answer.

/** @type {Record<string, string>} */
const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** @param {string} text */
const unescape = (text) =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal, hex, name) =>
    decimal ? String.fromCodePoint(Number(decimal)) : hex ? String.fromCodePoint(parseInt(hex, 16)) : ENTITIES[name] ?? all);

/**
 * Elements as members, their text as values; attributes are left out, and of elements with one name the last one counts.
 * @param {string} xml
 * @returns {any}
 */
export function readXml(xml) {
  /** @type {any[]} */
  const open = [{}];
  let text = '';
  for (const [, skipped, close, name, empty, words] of xml.matchAll(/(<[?!][^>]*>)|<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g)) {
    if (skipped) continue;
    if (words !== undefined) {
      text += words;
    } else if (close) {
      const made = open.pop();
      if (!open.length) return {};
      open[open.length - 1][name] = Object.keys(made).length ? made : unescape(text.trim());
      text = '';
    } else {
      text = '';
      if (empty) open[open.length - 1][name] = '';
      else open.push({});
    }
  }
  return open[0];
}

/**
 * Message and fields of an error answer in either form.
 * @param {number} statusCode
 * @param {string} body
 * @param {Record<string, string>} headers
 * @returns {[string, Record<string, unknown>]}
 */
export function readError(statusCode, body, headers) {
  let [code, message] = [headers['x-amzn-errortype']?.split(':')[0], ''];
  if (body.trimStart().startsWith('<')) {
    const root = readXml(body);
    const found = root.ErrorResponse?.Error ?? root.Response?.Errors?.Error ?? {};
    [code, message] = [found.Code ?? code, found.Message];
  } else {
    try {
      const found = JSON.parse(body);
      code = String(found.__type ?? found.code ?? code ?? '').replace(/^.*#/, '');
      message = found.message ?? found.Message;
    } catch { /* neither: the status is all there is */ }
  }
  return [message || `The service answered with status ${statusCode}`, { code: code || 'UnknownError', statusCode, requestId: headers['x-amzn-requestid'] }];
}
