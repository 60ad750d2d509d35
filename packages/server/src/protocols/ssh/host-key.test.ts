import { expect, test } from 'vitest';
import { hostKeyFacts } from './host-key.ts';

test('a host key has the fingerprint that ssh-keygen prints', () => {
  const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFVb83pLphJkM1n7bFsdDqpjI/1zuFm5Dt4zzxkHuTgl';
  expect(hostKeyFacts(Buffer.from(publicKey.slice('ssh-ed25519 '.length), 'base64'))).toEqual({
    algorithm: 'ssh-ed25519',
    fingerprint: 'SHA256:4YWY+l3z8vpQKxjGGp2un8bn+SSudbrDPQh7XABtvNo',
    publicKey,
  });
});
