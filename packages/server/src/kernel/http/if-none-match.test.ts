import { expect, test } from 'vitest';
import { hasAlready } from './if-none-match.ts';

test.each([
  ['"abc"'],
  ['W/"abc"'],
  ['*'],
  [' * '],
  ['"x", "abc"'],
  ['"x","abc" , '],
  ['W/"x",\tW/"abc"'],
  ['"a,b", "abc"'],
  ['"\u00e9", "abc"'],
])('%s has "abc" already, strong or weak', (header) => {
  expect(hasAlready(header, '"abc"')).toBe(true);
  expect(hasAlready(header, 'W/"abc"')).toBe(true);
});

test.each([
  [undefined],
  [''],
  ['"ab"'],
  ['"abcd"'],
  ['"ABC"'],
  ['"x, abc"'],
  ['abc'],
  ['w/"abc"'],
  ['"abc'],
  ['"abc" or "x"'],
  ['"x", *'],
  ['""abc""'],
])('%s does not have "abc"', (header) => {
  expect(hasAlready(header, '"abc"')).toBe(false);
});
