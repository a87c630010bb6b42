// @ts-check
// webpack's way of running, which Rspack shares.

/** @param {any} webpack @param {object} options */
export async function compile(webpack, options) {
  const compiler = webpack(options);
  const stats = await new Promise((resolve, reject) => compiler.run((/** @type {any} */ error, /** @type {any} */ done) => (error ? reject(error) : resolve(done))));
  await new Promise((resolve) => compiler.close(resolve));
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  const found = [...errors, ...warnings].map(({ message }) => message);
  // A warning is a user's question, so it fails the row.
  if (found.length) throw new Error(found.join('\n'));
}
