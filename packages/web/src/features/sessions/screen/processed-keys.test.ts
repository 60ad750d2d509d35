import { expect, test } from 'vitest';
import { changeOf, controlOf } from './processed-keys.ts';

test.each([
  ['', 'a', 'a'],
  ['a', 'ab', 'b'],
  ['ab', 'a', '\u007F'],
  ['teh ', 'the ', '\u007F\u007F\u007Fhe '],
  ['a', 'a\n', '\r'],
  ['a😀', 'a', '\u007F'],
  ['a😀', 'a😁', '\u007F😁'],
  ['same', 'same', ''],
])('a change from %j to %j sends %j', (before, after, sent) => {
  expect(changeOf(before, after)).toBe(sent);
});

const plain = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };

test.each([
  [{ ...plain, code: 'Escape' }, '\u001B'],
  [{ ...plain, code: 'KeyC', ctrlKey: true }, '\u0003'],
  [{ ...plain, code: 'KeyC' }, undefined],
  [{ ...plain, code: '' }, undefined],
  [{ ...plain, code: 'Space', ctrlKey: true }, undefined],
  [{ ...plain, code: 'KeyC', ctrlKey: true, shiftKey: true }, undefined],
])('the processed key %j sends %j', (key, sent) => {
  expect(controlOf(key)).toBe(sent);
});
