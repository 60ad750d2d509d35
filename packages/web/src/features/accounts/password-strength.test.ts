import { expect, test } from 'vitest';
import { strengthOf } from './password-strength.ts';

test.each([
  ['', 'short'],
  ['Tr0ub4d', 'short'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['12345678', 'weak'],
  ['abcdefghij', 'weak'],
  ['adaadaadaada', 'weak'],
  ['ada-lovelace', 'weak'],
  ['kT9$wq2!', 'fair'],
  ['kT9$wq2!xV', 'good'],
  ['correct horse battery', 'strong'],
])('finds %j %s', (password, strength) => {
  expect(strengthOf(password, 'ada')).toBe(strength);
});
