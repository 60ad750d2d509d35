import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../secret.ts';
import { generatePrivateKey } from './generate.ts';
import { inspectPrivateKey } from './inspect.ts';
import { largeRsaBits, maxGenerationsOfOne, retryAfterKeysS, retryAfterLargeKeysS } from './limits.ts';
import { inFolder, isInstalled, run } from './testdata/programs.ts';

const hasSshKeygen = isInstalled('ssh-keygen');

describe('generatePrivateKey', { timeout: 180_000 }, () => {
  it.each([
    [{ algorithm: 'ed25519' }, 'ssh-ed25519', 256],
    [{ algorithm: 'ecdsa' }, 'ecdsa-sha2-nistp256', 256],
    [{ algorithm: 'ecdsa', bits: 384 }, 'ecdsa-sha2-nistp384', 384],
    [{ algorithm: 'ecdsa', bits: 521 }, 'ecdsa-sha2-nistp521', 521],
    [{ algorithm: 'rsa' }, 'ssh-rsa', 3072],
    [{ algorithm: 'rsa', bits: 2048 }, 'ssh-rsa', 2048],
  ] as const)('makes %o, which reads back as %s of %i bits', async (order, algorithm, bits) => {
    const { privateKey, facts } = await generatePrivateKey({ ...order, comment: 'deploy@host' });
    expect(facts).toMatchObject({ algorithm, bits });
    expect(facts.publicKey).toMatch(/ deploy@host$/);
    const inspection = await inspectPrivateKey(privateKey, undefined);
    expect(inspection).toEqual({ status: 'ready', facts, encrypted: false, findings: [] });
  });

  it('encrypts under a passphrase', async () => {
    const passphrase = Secret.fromText('päss phrase');
    const { privateKey, facts } = await generatePrivateKey({ algorithm: 'ed25519', passphrase });
    expect(await inspectPrivateKey(privateKey, undefined)).toMatchObject({ status: 'locked', facts });
    expect(await inspectPrivateKey(privateKey, passphrase)).toMatchObject({ status: 'ready', facts, encrypted: true });
  });

  it.each([
    { algorithm: 'ed25519', bits: 512 },
    { algorithm: 'ecdsa', bits: 255 },
    { algorithm: 'rsa', bits: 1024 },
    { algorithm: 'rsa', bits: 8200 },
    { algorithm: 'rsa', bits: 2049 },
    { algorithm: 'rsa', bits: NaN },
  ] as const)('refuses %o', async (order) => {
    await expect(generatePrivateKey(order)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('makes one large key at a time for an account, and other keys meanwhile', async () => {
    const large = { algorithm: 'rsa', bits: largeRsaBits + 8, accountId: 1 } as const;
    const first = generatePrivateKey(large);
    await expect(generatePrivateKey(large)).rejects.toMatchObject({
      code: 'too_many_requests',
      retryAfterS: retryAfterLargeKeysS,
    });
    // In the order of their ends: the small key was asked for last.
    const ends: string[] = [];
    await Promise.all([
      first.then(() => ends.push('large')),
      generatePrivateKey({ algorithm: 'ed25519', accountId: 1 }).then(() => ends.push('small')),
    ]);
    expect(ends).toEqual(['small', 'large']);
    const many = Array.from({ length: maxGenerationsOfOne + 1 }, () =>
      generatePrivateKey({ algorithm: 'ed25519', accountId: 1 }),
    );
    await expect(Promise.all(many)).rejects.toMatchObject({ code: 'too_many_requests', retryAfterS: retryAfterKeysS });
    expect((await first).facts.bits).toBe(large.bits);
  });

  it('keeps a comment on its line', async () => {
    const { facts } = await generatePrivateKey({ algorithm: 'ed25519', comment: 'a\nssh-ed25519 AAAA b' });
    expect(facts.publicKey).not.toContain('\n');
  });

  it.runIf(hasSshKeygen).each([
    { algorithm: 'ed25519', passphrase: undefined },
    { algorithm: 'ed25519', passphrase: 'horse' },
    { algorithm: 'ecdsa', passphrase: 'horse' },
    { algorithm: 'rsa', passphrase: 'horse' },
    { algorithm: 'rsa', passphrase: undefined },
  ] as const)('makes %o so that ssh-keygen reads it', async ({ algorithm, passphrase }) => {
    const secret = passphrase && Secret.fromText(passphrase);
    const { privateKey, facts } = await generatePrivateKey({ algorithm, passphrase: secret, comment: 'from here' });
    const publicLine = inFolder((folder) => {
      const file = join(folder, 'key');
      privateKey.expose((bytes) => {
        writeFileSync(file, bytes, { mode: 0o600 });
      });
      return run('ssh-keygen', ['-y', '-P', passphrase ?? '', '-f', file]);
    });
    expect(publicLine.trim()).toBe(facts.publicKey);
  });
});

describe('keys that other programs make now', { timeout: 180_000 }, () => {
  it.runIf(hasSshKeygen).each([
    ['ed25519', []],
    ['ecdsa', ['-b', '256']],
    ['ecdsa', ['-b', '521']],
    ['rsa', ['-b', '3072']],
    ['rsa', ['-b', '2048', '-m', 'PEM']],
    ['ecdsa', ['-b', '384', '-m', 'PKCS8']],
  ])('are read with the fingerprint that ssh-keygen prints: %s %j', async (type, options) => {
    const [text, listing] = inFolder((folder) => {
      const file = join(folder, 'key');
      run('ssh-keygen', ['-q', '-a', '4', '-t', type, ...options, '-N', 'horse', '-f', file]);
      return [Secret.fromText(run('cat', [file])), run('ssh-keygen', ['-l', '-f', `${file}.pub`])];
    });
    await expectFingerprint(text, listing);
  });

  it.runIf(isInstalled('puttygen')).each([
    ['ed25519', '2'],
    ['ecdsa', '2'],
    ['rsa', '3'],
    ['ed25519', '3'],
  ])('are read with the fingerprint that PuTTYgen prints: %s, version %s', async (type, version) => {
    const [text, listing] = inFolder((folder) => {
      const [file, passphrase] = [join(folder, 'key.ppk'), join(folder, 'passphrase')];
      writeFileSync(passphrase, 'horse');
      const kind = ['-q', '-t', type, '--new-passphrase', passphrase, '--ppk-param', `version=${version}`];
      run('puttygen', [...kind, '-o', file]);
      return [Secret.fromText(run('cat', [file])), run('puttygen', ['-l', file])];
    });
    await expectFingerprint(text, listing);
  });
});

async function expectFingerprint(key: Secret, listing: string): Promise<void> {
  const { status, facts } = await inspectPrivateKey(key, Secret.fromText('horse'));
  expect(status).toBe('ready');
  expect(listing).toContain(facts?.fingerprint ?? 'none');
}
