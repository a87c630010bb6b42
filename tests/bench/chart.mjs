// @ts-check
// The result as a picture: how many times ivs-wasm the others cost. A plain SVG without fonts, scripts or links.

const COLOURS = { 'ivs-wasm': '#0a7d4f', 'ivs-wasm/v2': '#5bb78c', 'unsigned fetch': '#b8b8b8', aws4fetch: '#d9a21b', 'aws-sdk v2': '#c4572e', 'client-ivs v3': '#7d4fa8' };
const [WIDTH, LABEL, ROW, GAP] = [980, 390, 15, 30];

/** @typedef {{ name: string, value: number, text: string }} Bar */

/** @param {any} result */
export function chart(result) {
  /** @type {{ title: string, bars: Bar[] }[]} */
  const groups = [];
  if (result.size) {
    const names = [['ivs-wasm', 'ivs-wasm'], ['aws4fetch (signs only)', 'aws4fetch'], ['aws-sdk v2, IVS only', 'aws-sdk v2'], ['@aws-sdk/client-ivs, all operations', 'client-ivs v3']];
    groups.push({ title: 'download, gzip', bars: names.flatMap(([name, label]) => {
      const found = result.size.downloads.find((/** @type {any} */ one) => one.name === name);
      return found ? [{ name: label, value: found.gzip, text: `${(found.gzip / 1000).toFixed(1)} KB` }] : [];
    }) });
  }
  for (const [engine, speed] of Object.entries(result.speed ?? {})) {
    for (const [id, title] of [['call-300', 'call, 300 B'], ['decode-streams', '100 streams decoded']]) {
      groups.push({ title: `${title}, ${engine}`, bars: (speed[id] ?? []).filter((/** @type {any} */ one) => one.name !== 'unsigned fetch')
        .map((/** @type {any} */ one) => ({ name: one.name, value: one.ratio, text: `${one.ratio.toFixed(1)}× (${Math.round(engine === 'workerd' ? one.median : one.min)} µs)` })) });
    }
  }
  for (const [where, figures] of Object.entries(result.cold ?? {})) {
    groups.push({ title: `first request, ${where}`, bars: figures.filter((/** @type {any} */ one) => one.name !== 'unsigned fetch')
      .map((/** @type {any} */ one) => ({ name: one.name, value: one.ratio, text: `${one.ratio.toFixed(1)}× (${one.first.toFixed(0)} ms)` })) });
  }
  let y = 46;
  const parts = [];
  for (const { title, bars } of groups) {
    const most = Math.max(...bars.map(({ value }) => value));
    parts.push(`<text x="${LABEL - 106}" y="${y + bars.length * ROW / 2 + 4}" text-anchor="end">${escape(title)}</text>`);
    for (const { name, value, text } of bars) {
      const width = Math.max(2, value / most * (WIDTH - LABEL - 130));
      parts.push(`<text class="small" x="${LABEL - 8}" y="${y + 11}" text-anchor="end">${escape(name)}</text>`,
        `<rect x="${LABEL}" y="${y + 2}" width="${width.toFixed(1)}" height="${ROW - 4}" fill="${COLOURS[name] ?? '#888'}"/>`,
        `<text class="small" x="${(LABEL + width + 6).toFixed(1)}" y="${y + 11}">${escape(text)}</text>`);
      y += ROW;
    }
    y += GAP - ROW;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" font-family="sans-serif" font-size="12">
<style>.small { font-size: 11px } text { fill: #222 } @media (prefers-color-scheme: dark) { text { fill: #ddd } }</style>
<text x="8" y="22" font-size="15">Cost beside other clients: shorter is better</text>
${parts.join('\n')}
</svg>
`;
}

/** @param {string} text */
const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
