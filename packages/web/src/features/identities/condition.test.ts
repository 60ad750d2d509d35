import { expect, test } from 'vitest';
import { identityKey as key } from '../../../test/rendering/samples.ts';
import { algorithmName, commentOf, conditionOf, isWeakKey } from './condition.ts';

test.each([
  ['ssh-rsa', 1024, true],
  ['ssh-rsa', 2048, true],
  ['ssh-rsa', 3071, true],
  ['ssh-rsa', 3072, false],
  ['ssh-rsa', null, false],
  ['ssh-dss', 1024, true],
  ['ssh-ed25519', 256, false],
  ['ecdsa-sha2-nistp256', 256, false],
  [null, null, false],
])('of %s with %s bits it is %s that the key is weak', (algorithm, bits, weak) => {
  expect(isWeakKey({ algorithm, bits })).toBe(weak);
});

test.each([
  ['ssh-ed25519', 256, 'Ed25519'],
  ['ssh-rsa', 4096, 'RSA 4096'],
  ['ecdsa-sha2-nistp521', 521, 'ECDSA 521'],
  ['ssh-dss', null, 'DSA'],
  ['sk-ssh-ed25519@openssh.com', null, 'sk-ssh-ed25519@openssh.com'],
  [null, null, undefined],
])('names %s with %s bits %s', (algorithm, bits, name) => {
  expect(algorithmName({ algorithm, bits })).toBe(name);
});

test('a comment may hold blanks', () => {
  expect(commentOf('ssh-ed25519 AAAA ada at home')).toBe('ada at home');
  expect(commentOf('ssh-ed25519 AAAA')).toBe('');
});

test.each([
  ['ready', { type: 'ssh', key: key(), hasPassword: false }],
  ['ready', { type: 'password-only', key: null, hasPassword: true }],
  ['weak', { type: 'ssh', key: key({ algorithm: 'ssh-rsa', bits: 2048 }), hasPassword: false }],
  ['locked', { type: 'ssh', key: key({ status: 'locked' }), hasPassword: false }],
  ['locked', { type: 'ssh', key: key({ algorithm: 'ssh-rsa', bits: 2048, status: 'locked' }), hasPassword: false }],
  ['unreadable', { type: 'both', key: key({ status: 'unreadable' }), hasPassword: false }],
  ['incomplete', { type: 'ssh', key: null, hasPassword: false }],
  ['incomplete', { type: 'both', key: key(), hasPassword: false }],
  ['incomplete', { type: 'password', key: null, hasPassword: false }],
] as const)('an identity is %s: %j', (condition, identity) => {
  expect(conditionOf(identity)).toBe(condition);
});
