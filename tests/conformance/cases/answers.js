// @ts-check
// Every operation succeeds, sent once and as the model says, and what the client gives is what was on the wire.
import { operations } from '../../../js/mock/facts.js';
import { fillIn } from '../../../js/mock/scene.js';
import { equal } from '../expect.js';
import { sameAsWire } from '../shape.js';

/** @type {import('../suite.js').Case[]} */
export const answers = Object.entries(operations).map(([operation, { method, output, example, successCode }]) => ({
  name: `${operation}: its example succeeds`,
  needs: [operation],
  async body({ client, control, traits }) {
    const input = fillIn(example, await control('scene'));
    const before = JSON.stringify(input);
    const answer = await client()[operation](input);
    equal(JSON.stringify(input), before, 'the input is left as it was');
    const { status, body } = await control('lastAnswer');
    equal(status, successCode, 'status');
    sameAsWire(output, answer, body, traits.knows);
    const calls = await control('calls');
    equal(calls.map((/** @type {any} */ call) => [call.operation, call.method]), [[operation, method]], 'calls received');
  },
}));
