import { describe, expect, it } from 'vitest';
import { certificateFault } from './host-certificate.ts';

const key = { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:x', publicKey: 'ssh-ed25519 AAAA' };
const good = {
  authority: key,
  keyId: 'db',
  principals: ['db.example.org', '*.Internal'],
  validFromMs: 1_000,
  validUntilMs: 2_000,
};

describe('certificateFault', () => {
  it.each(['db.example.org', 'DB.example.org', 'a.internal'])('finds none for %s', (host) => {
    expect(certificateFault(good, host, 1_000)).toBeUndefined();
    expect(certificateFault({ ...good, validUntilMs: Infinity }, host, 1e18)).toBeUndefined();
  });

  it.each([
    ['another host', { principals: ['internal'] }, 1_500, 'is for internal, not for db.example.org'],
    ['a certificate without a name', { principals: [] }, 1_500, 'names no host'],
    ['a time before it', {}, 999, 'not valid before 1970'],
    ['the end of its time', {}, 2_000, 'was valid until 1970'],
    ['a start that no calendar has', { validFromMs: 1e19 }, 0, 'not valid before +275760'],
  ])('names %s', (_what, change, now, words) => {
    expect(certificateFault({ ...good, ...change }, 'db.example.org', now)?.message).toContain(words);
  });
});
