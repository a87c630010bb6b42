// @ts-check
// The line that a logger gets for each request.

/** @param {any} response @returns {string} */
export function logLine({ request, httpResponse, retryCount }) {
  const { service, startTime, operation, params } = request;
  const seconds = (service.getSkewCorrectedDate().getTime() - startTime.getTime()) / 1000;
  const [start, middle, end] = service.config.logger.isTTY ? ['\x1B[33m', '\x1B[0;1m', '\x1B[0m'] : ['', '', ''];
  const members = service.api.operations[operation]?.input.members ?? {};
  const shown = params && typeof params === 'object' ? { ...params } : params;
  for (const key of Object.keys(members)) if (members[key].isSensitive && shown?.[key] !== undefined) shown[key] = '***SensitiveInformation***';
  const line = `[AWS ${service.serviceIdentifier} ${httpResponse.statusCode} ${seconds}s ${retryCount} retries]`;
  return `${start}${line}${middle} ${operation}(${inspect(shown)})${end}`;
}

/** As node's util.inspect shows plain values, hidden ones too. @param {any} value @returns {string} */
function inspect(value) {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[Function${value.name ? `: ${value.name}` : ''}]`;
  if (!value || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  const parts = Array.isArray(value)
    ? [...value.map(inspect), `[length]: ${value.length}`]
    : Object.entries(value).map(([key, own]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key)}: ${inspect(own)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (!parts.length) return open + close;
  const line = `${open} ${parts.join(', ')} ${close}`;
  return line.length <= 76 && !line.includes('\n') ? line : `${open}\n${parts.join(',\n').replace(/^/gm, '  ')}\n${close}`;
}

/** @param {string} text */
function quote(text) {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  return mark + text.replace(/[\\\n\r\t\b\f\v]/g, (c) => JSON.stringify(c).slice(1, -1)).replaceAll(mark, `\\${mark}`) + mark;
}
