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
