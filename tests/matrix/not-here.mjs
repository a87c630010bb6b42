// @ts-check
// What no row tries, and why: part of docs/where-it-runs.md, so that a gap is not taken for a success.

/** @type {{ where: string, why: string }[]} */
export const NOT_HERE = [
  { where: 'Safari, Edge, Chrome', why: 'need macOS, Windows or a licence to install; their engines are tried as WebKitGTK and Chromium' },
  { where: "Cloudflare's, Vercel's, Netlify's and Fastly's own networks", why: 'need accounts; tried is the software they publish: workerd, wrangler, edge-runtime, Next' },
  { where: 'Next with `next build --webpack`, edge routes', why: 'Next 16 itself fails to build any edge route that way; Turbopack, its default, is tried' },
  { where: 'edge-runtime given the `edge-light` build by plain esbuild', why: 'esbuild has no loader for `.wasm?module`; Next has, and edge-runtime is tried with the browser build' },
  { where: 'React Native, Hermes', why: 'no WebAssembly' },
  { where: 'Jest with jsdom', why: 'tried, and refused with a sentence: see the table of test runners' },
];
