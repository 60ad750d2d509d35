import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSearcher } from './haystack.ts';

const secret = Buffer.from('p4s%word "süß" \\ and more');
const { search } = createSearcher([{ name: 'the secret', bytes: secret }]);
const around = (bytes: Buffer | string) => Buffer.concat([randomBytes(101), Buffer.from(bytes), randomBytes(102)]);

test.each<[string, Buffer | string]>([
  ['as it is', secret],
  ['in part', secret.subarray(5, 13)],
  ['in hex', secret.toString('hex')],
  ['in upper-case hex', secret.toString('hex').toUpperCase()],
  ['in base64', secret.toString('base64')],
  ['in base64 behind one byte', Buffer.concat([Buffer.of(1), secret]).toString('base64')],
  ['in base64 behind two bytes', Buffer.concat([Buffer.of(1, 2), secret]).toString('base64')],
  ['in base64url', secret.toString('base64url')],
  ['in a URL', encodeURIComponent(secret.toString())],
  ['in JSON', JSON.stringify({ a: secret.toString() })],
  ['in UTF-16', Buffer.from(secret.toString(), 'utf16le')],
  ['backwards', Buffer.from(secret.toReversed())],
])('a secret is found %s', (_, hidden) => {
  expect(search(around(hidden))).not.toEqual([]);
});

test('and not where it is not', () => {
  expect(search(randomBytes(1_000_000))).toEqual([]);
});
