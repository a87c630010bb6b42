// @ts-check
// Every error that the model lists for an operation reaches the caller with code, status, text and request id.
import { errors as codes, operations } from '../../../js/mock/facts.js';
import { fillIn } from '../../../js/mock/scene.js';
import { equal, failure } from '../expect.js';

/** @type {import('../suite.js').Case[]} */
export const errors = Object.entries(operations).map(([operation, { errors: modelled, example }]) => ({
  name: `${operation}: each of its ${modelled.length} modelled errors`,
  needs: [operation],
  async body({ client, control, traits }) {
    const input = fillIn(example, await control('scene'));
    const once = client({ maxAttempts: 1 });
    for (const code of modelled) {
      const text = `${code}, said on purpose`;
      await control('fault', { operation, error: code, message: text });
      const found = await failure(once[operation](input));
      equal([found.code, found.status], [code, codes[code].httpStatus], code);
      equal(found.error[traits.text], text, `${code}: the text in ${traits.text}`);
      equal(found.requestId, (await control('lastAnswer')).headers['x-amzn-requestid'], `${code}: request id`);
    }
  },
}));
