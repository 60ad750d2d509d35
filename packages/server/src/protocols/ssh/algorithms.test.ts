import { describe, expect, test } from 'vitest';
import { offer } from './algorithms.ts';

/** HMAC-SHA1 is not: collisions of SHA-1 do not affect it. */
const retired = /-sha1$|-cbc$|^ssh-rsa$|^ssh-dss$|group1-|md5|-96$|arcfour/;
const isRetired = (name: string) => retired.test(name) && name !== 'hmac-sha1';

describe('the offer of algorithms', () => {
  test('holds nothing retired unless the entry opts in', () => {
    const names = Object.values(offer({ pinned: [], certificates: false }, false)).flat() as string[];
    expect(names.filter(isRetired)).toEqual([]);
  });

  test('appends what is retired where the entry opts in, and never DSA', () => {
    const { kex, serverHostKey, cipher, hmac } = offer({ pinned: [], certificates: false }, true);
    expect([kex, serverHostKey, cipher, hmac].map((names) => names.at(-1))).toEqual([
      'diffie-hellman-group1-sha1',
      'ssh-rsa',
      '3des-cbc',
      'hmac-sha1',
    ]);
    expect(serverHostKey).not.toContain('ssh-dss');
  });

  test.for([false, true])('holds no key exchange whose group the server chooses, legacy algorithms: %s', (legacy) => {
    const { kex } = offer({ pinned: [], certificates: false }, legacy);
    expect(JSON.stringify(kex)).not.toContain('group-exchange');
  });

  test('begins with AES-GCM and Curve25519, and compresses nothing', () => {
    const { kex, serverHostKey, cipher, hmac, compress } = offer({ pinned: [], certificates: false }, false);
    expect([kex, serverHostKey, cipher, hmac].map((names) => names[0])).toEqual([
      'curve25519-sha256',
      'ssh-ed25519',
      'aes128-gcm@openssh.com',
      'hmac-sha2-256-etm@openssh.com',
    ]);
    expect(compress).toEqual(['none']);
  });

  test('puts the signatures of a pinned RSA key first, without SHA-1', () => {
    const names = offer({ pinned: ['ssh-rsa'], certificates: false }, false).serverHostKey;
    expect(names).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp384',
      'ecdsa-sha2-nistp521',
    ]);
  });

  test('ignores pinned types that are insecure', () => {
    expect(offer({ pinned: ['ssh-dss', 'x'], certificates: false }, true)).toEqual(
      offer({ pinned: [], certificates: false }, true),
    );
  });
});
