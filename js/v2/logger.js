// @ts-check
// The line that a logger gets for each request.

/** @param {any} response @returns {string} */
export function logLine({ request, httpResponse, retryCount }) {
  const { service, startTime, operation, params } = request;
  const seconds = (service.getSkewCorrectedDate().getTime() - startTime.getTime()) / 1000;
  const [start, middle, end] = service.config.logger.isTTY ? ['\x1B[33m', '\x1B[0;1m', '\x1B[0m'] : ['', '', ''];
  const members = service.api.operations[operation]?.input.members ?? {};
  // What has another form than parameters may be a secret.
  const shown = !params ? params : typeof params === 'object' && !Array.isArray(params) ? { ...params } : '***SensitiveInformation***';
  for (const key of Object.keys(members)) if (members[key].isSensitive && shown?.[key] !== undefined) shown[key] = '***SensitiveInformation***';
  const line = `[AWS ${service.serviceIdentifier} ${httpResponse.statusCode} ${seconds}s ${retryCount} retries]`;
  return `${start}${line}${middle} ${operation}(${inspect(shown)})${end}`;
}

/** As node's util.inspect shows plain values, hidden members too. @param {any} value @param {number} [indent] @returns {string} */
function inspect(value, indent = 0) {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[Function${value.name ? `: ${value.name}` : ''}]`;
  if (!value || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  // What holds itself has no end.
  if (indent > 60) return '[…]';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  const shown = (/** @type {any} */ own) => inspect(own, indent + 2);
  const parts = Array.isArray(value)
    ? [...Array.from(value, shown), `[length]: ${value.length}`]
    : Object.entries(value).map(([key, own]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key)}: ${shown(own)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (!parts.length) return open + close;
  const length = parts.reduce((sum, part) => sum + part.length, 2 * parts.length + indent + 11);
  if (length <= 80 && !parts.some((part) => part.includes('\n'))) return `${open} ${parts.join(', ')} ${close}`;
  const line = `\n${' '.repeat(indent)}`;
  return `${open}${line}  ${parts.join(`,${line}  `)}${line}${close}`;
}

/** @param {string} text */
function quote(text) {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  return mark + text.replace(/[\\\n\r\t\b\f\v]/g, (c) => JSON.stringify(c).slice(1, -1)).replaceAll(mark, `\\${mark}`) + mark;
}
