import { cloudflareTest } from '@cloudflare/vitest-pool-workers';

// The row of the matrix gives its options and the date through the environment; one row leaves wrangler's configuration out.
const { MATRIX_INPUT = '{}', MATRIX_DATE = '2026-05-01', MATRIX_WRANGLER = './wrangler.jsonc' } = process.env;

export default {
  plugins: [cloudflareTest({
    ...(MATRIX_WRANGLER ? { wrangler: { configPath: MATRIX_WRANGLER } } : { main: './src/worker.js' }),
    miniflare: { cf: false, compatibilityDate: MATRIX_DATE, compatibilityFlags: ['nodejs_compat'], bindings: { MATRIX_INPUT } },
  })],
  test: { include: ['test/*.test.js'] },
};
