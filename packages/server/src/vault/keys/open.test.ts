import { describe, expect, it } from 'vitest';
import { Secret } from '../secret.ts';
import { openSigningKey } from './open.ts';
import { passphrase, readSecret, readText, rightPassphrase } from './testdata/vectors.ts';

const data = Buffer.from('session identifier and request');

describe('openSigningKey', () => {
  it.each([
    ['without the passphrase', 'ed25519-openssh-encrypted.key', undefined, /needs its passphrase/],
    ['under a wrong passphrase', 'ed25519-putty3-encrypted.ppk', 'wrong', /does not open the key/],
    ['of an unsupported algorithm', 'bad-dsa-openssh.key', undefined, /algorithm/],
    ['that is a public one', 'ed25519.pub', undefined, /public key/],
    ['that is too short', 'bad-rsa-768.key', undefined, /shorter than 2048 bits/],
  ])('asks for another credential when given a key %s', async (_, file, given, message) => {
    const opening = openSigningKey(readSecret(file), given === undefined ? undefined : Secret.fromText(given));
    await expect(opening).rejects.toMatchObject({
      name: 'AppError',
      code: 'credential_required',
      message: expect.stringMatching(message) as string,
    });
  });

  it('says nothing of the key or the passphrase in what it throws', async () => {
    const text = readText('rsa-2048-pkcs8.key').replace('MII', 'MIJ');
    const error: unknown = await openSigningKey(Secret.fromText(text), Secret.fromText(passphrase)).catch(
      (thrown: unknown) => thrown,
    );
    const words = JSON.stringify(error, Object.getOwnPropertyNames(error));
    for (const secret of [passphrase, ...text.split('\n').slice(1, -2)]) expect(words).not.toContain(secret);
  });

  it('leaves the secrets with the caller, unharmed', async () => {
    const key = readSecret('ed25519-openssh-encrypted.key');
    const given = rightPassphrase();
    for (let time = 0; time < 2; time++) (await openSigningKey(key, given))[Symbol.dispose]();
    expect(given.expose((bytes) => bytes.toString())).toBe(passphrase);
    expect(key.expose((bytes) => bytes.toString())).toBe(readText('ed25519-openssh-encrypted.key'));
  });

  it.each([
    ['ed25519-openssh.key', 'sha512'],
    ['ecdsa-256-openssh.key', 'sha1'],
    ['ecdsa-256-openssh.key', 'sha512'],
    ['ecdsa-384-openssh.key', undefined],
    ['rsa-2048-openssh.key', undefined],
    ['rsa-2048-openssh.key', 'sha384'],
  ] as const)('does not sign by %s with %s, which SSH does not define', async (file, hash) => {
    using key = await openSigningKey(readSecret(file), undefined);
    await expect(key.sign(data, hash)).rejects.toThrow('does not sign with');
  });

  it('does not sign after it was disposed', async () => {
    const key = await openSigningKey(readSecret('ed25519-openssh.key'), undefined);
    key[Symbol.dispose]();
    await expect(key.sign(data, undefined)).rejects.toThrow('disposed');
  });

  it('shows nothing of itself when it is printed or serialized', async () => {
    using key = await openSigningKey(readSecret('ed25519-openssh.key'), undefined);
    expect(Object.keys(JSON.parse(JSON.stringify(key)) as object)).toEqual(['algorithm', 'publicKey', 'fingerprint']);
  });
});
