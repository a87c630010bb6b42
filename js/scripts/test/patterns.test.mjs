// @ts-check
// A model may bring patterns that src/pattern.rs would take for others: the generator refuses them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { patternOf } from '../generate/patterns.mjs';

const { shapes } = JSON.parse(readFileSync(new URL('../../../src/model/ivs.json', import.meta.url), 'utf8'));

test('all patterns of the model are known, but one that is wrong', () => {
  const dropped = Object.entries(shapes).filter(([name, shape]) => shape.pattern && patternOf(shape, name) === undefined);
  assert.deepEqual(dropped.map(([name]) => name), ['ResourceArn']);
});

test('what the matcher knows passes', () => {
  for (const pattern of ['a', '[a-z0-9-.]+', 'a\\.b', '^$|^x[0-9]+$', '([\\p{L}\\p{Z}_.\\-@]*)', '.*', 'a|b']) assert.equal(patternOf({ pattern }, 'X'), pattern);
  assert.equal(patternOf({}, 'X'), undefined);
});

test('a secret has neither pattern nor enumeration: what does not fit is repeated in the error', () => {
  for (const shape of [{ pattern: 'a' }, { enum: ['A'] }]) assert.throws(() => patternOf({ ...shape, sensitive: true }, 'Name'), /Name is a secret/);
  assert.equal(patternOf({ sensitive: true }, 'X'), undefined);
});

test('what it would misread is refused', () => {
  for (const pattern of ['a?', 'a{1,64}', '[^a]+', '\\d+', '[\\w-]+', '[\\]a]', '(a|b)c', '(a)(b)', 'a(?:b)', '\\p{L}', '[\\p{Lu}]', 'a**', '[', 'a$b']) {
    assert.throws(() => patternOf({ pattern }, 'Name'), /Name: src\/pattern\.rs does not know/, pattern);
  }
});
