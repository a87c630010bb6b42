import { cloudflareTest } from '@cloudflare/vitest-pool-workers';

// The row of the matrix gives its options and the date through the environment.
const { MATRIX_INPUT = '{}', MATRIX_DATE = '2026-05-01' } = process.env;

export default {
  plugins: [cloudflareTest({
    wrangler: { configPath: './wrangler.jsonc' },
    miniflare: { cf: false, compatibilityDate: MATRIX_DATE, compatibilityFlags: ['nodejs_compat'], bindings: { MATRIX_INPUT } },
  })],
  test: { include: ['test/*.test.js'] },
};
