import { expect, test } from 'vitest';
import { innerPath } from './inner-path.ts';

const origin = 'https://gate.example.org';

test.each(['/servers', '/identities/3?tab=usage#key', '/'])('goes on to %s', (path) => {
  expect(innerPath(path, origin)).toBe(path);
});

test.each([
  undefined,
  '//evil.example',
  String.raw`/\evil.example`,
  '/\t/evil.example',
  '/.//evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  'https://[',
])('goes to the start instead of %j', (path) => {
  expect(innerPath(path, origin)).toBe('/');
});

test.each([
  ['/sign-in', '/'],
  ['/sign-in?next=%2Fservers%2F4', '/servers/4'],
  ['/sign-in?next=%2Fsign-in%3Fnext%3D%252Faudit', '/audit'],
  ['/sign-in?next=https%3A%2F%2Fevil.example%2F', '/'],
])('does not come back to the sign-in after it: %s leads to %s', (wanted, path) => {
  expect(innerPath(wanted, origin)).toBe(path);
});
