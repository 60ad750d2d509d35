import type { HostKeyFacts } from '@gatehouse/contract/problem';
import { expect, test } from 'vitest';
import { compareKeys } from './compare-keys.ts';

const key = (name: string): HostKeyFacts => ({ algorithm: 'ssh-ed25519', fingerprint: name, publicKey: name });

test.each([
  [['a'], ['a', 'revoked'], 'revoked'],
  [[], ['revoked'], 'revoked'],
  [['a'], ['a'], 'same'],
  [['a', 'b'], ['a'], 'same'],
  [[], ['a'], 'new'],
  [['a'], ['a', 'b'], 'new'],
  [['a'], ['b'], 'changed'],
  [['a', 'b'], ['a', 'c'], 'changed'],
])('pinned %j and offered %j are %s', (pinned, offered, comparison) => {
  expect(compareKeys({ pinned: pinned.map(key), offered: offered.map(key), revoked: [key('revoked')] })).toBe(
    comparison,
  );
});
