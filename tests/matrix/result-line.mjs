// @ts-check
// Test runners own the output of a test; what the application said is on a line of its own.

/** @param {{ stdout: string, stderr: string }} output */
export function resultIn({ stdout, stderr }) {
  const line = `${stdout}\n${stderr}`.split('\n').find((text) => text.includes('result: {'));
  if (!line) throw new Error(`no result\n${stdout}${stderr}`);
  return JSON.parse(line.slice(line.indexOf('{')));
}
