// @ts-check
// How many tests passed and failed, from what a suite printed.

const FORMATS = [
  { of: 'ours', line: /^(\d+) passed, (\d+) failed$/ },
  { of: 'cargo test, wasm-bindgen-test', line: /^test result: \S+ (\d+) passed; (\d+) failed; (\d+) ignored/ },
];
const NODE = /^(?:#|ℹ) (pass|fail|cancelled|skipped|todo) (\d+)$/;

/**
 * @param {string} output
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function counts(output) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const raw of output.split('\n')) {
    const line = raw.replace(/\u001b\[[0-9;]*m/g, '').trim();
    for (const format of FORMATS) {
      const match = format.line.exec(line);
      if (!match) continue;
      sum.passed += Number(match[1]);
      sum.failed += Number(match[2]);
      sum.skipped += Number(match[3] ?? 0);
    }
    const node = NODE.exec(line);
    if (node) sum[node[1] === 'pass' ? 'passed' : node[1] === 'fail' || node[1] === 'cancelled' ? 'failed' : 'skipped'] += Number(node[2]);
  }
  return sum;
}

/**
 * What a suite that ended counts as. An exit code other than 0 is at least one failure, and so is a suite that ran nothing.
 * @param {{ output: string, code: number | null, check?: boolean }} end
 */
export function verdict({ output, code, check = false }) {
  if (check) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const found = counts(output);
  if (found.failed === 0 && (code !== 0 || found.passed === 0)) found.failed = 1;
  return found;
}
