import { describe, expect, it } from 'vitest';
import { Secret } from '../secret.ts';
import { packDer, tag } from './der.ts';
import type { KeyInspection } from './inspection.ts';
import { inspectPrivateKey } from './inspect.ts';
import { maxKeyBytes } from './limits.ts';
import { createScratch } from './scratch.ts';
import { openSshFile, partsOf, withRounds } from './testdata/openssh-file.ts';
import { readSecret, readText, rightPassphrase } from './testdata/vectors.ts';
import { packWire } from './wire.ts';

const inspectText = (text: string, passphrase?: string): Promise<KeyInspection> =>
  inspectPrivateKey(Secret.fromText(text), passphrase === undefined ? undefined : Secret.fromText(passphrase));

const slugs = ({ findings }: KeyInspection): string[] => findings.map(({ finding }) => finding);

describe('inspectPrivateKey', () => {
  it.each([
    ['an OpenSSH line', readText('ed25519.pub')],
    ['an OpenSSH line of another algorithm', readText('ecdsa-256.pub')],
    ['a security-key line', 'sk-ssh-ed25519@openssh.com AAAA'],
    ['PEM', '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n'],
    ['SSH2', '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'],
  ])('tells that a public key was given: %s', async (_, text) => {
    expect(await inspectText(text)).toMatchObject({ status: 'unreadable', findings: [{ finding: 'key_is_public' }] });
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \r\n\t\n'],
    [
      'the placeholder of the documentation',
      '-----BEGIN OPENSSH PRIVATE KEY-----\n...\n-----END OPENSSH PRIVATE KEY-----',
    ],
    ['words', 'my private key'],
    ['a header alone', '-----BEGIN RSA PRIVATE KEY-----\n'],
    ['an unknown label', '-----BEGIN SECRET PRIVATE KEY-----\nAAAA\n-----END SECRET PRIVATE KEY-----\n'],
    ['two different labels', '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n'],
    ['a PuTTY header alone', 'PuTTY-User-Key-File-3: ssh-ed25519\n'],
    ['NUL bytes', '\0'.repeat(1000)],
    ['half a key', readText('rsa-2048-openssh.key').slice(0, 900)],
  ])('calls unreadable what is no key: %s', async (_, text) => {
    const inspection = await inspectText(text);
    expect(inspection).toMatchObject({ status: 'unreadable', facts: undefined });
    expect(slugs(inspection)).toEqual(['key_unreadable']);
  });

  it('looks at no more than the largest key', async () => {
    const text = readText('ed25519-openssh.key');
    const padded = (length: number): string => text + '\n'.repeat(length - text.length);
    expect((await inspectText(padded(maxKeyBytes))).status).toBe('ready');
    expect((await inspectText(padded(maxKeyBytes + 1))).status).toBe('unreadable');
  });

  it.each([
    'bad-dsa-openssh.key',
    'bad-dsa-pkcs8.key',
    'bad-dsa-traditional.key',
    'bad-dsa.ppk',
    'bad-ed448.ppk',
    'bad-ed448-pkcs8.key',
    'bad-secp256k1.key',
  ])('does not take the algorithm of %s', async (file) => {
    expect(await inspectPrivateKey(readSecret(file), undefined)).toMatchObject({
      status: 'unreadable',
      encrypted: false,
      findings: [{ finding: 'key_algorithm_unsupported' }],
    });
  });

  it('does not take a key that lives in a security key', async () => {
    const publicKey = packWire([
      { string: 'sk-ssh-ed25519@openssh.com' },
      { string: Buffer.alloc(32) },
      { string: 'ssh:' },
    ]);
    expect(slugs(await inspectText(openSshFile({ ...partsOf('ed25519-openssh.key'), publicKey })))).toEqual([
      'key_algorithm_unsupported',
    ]);
  });

  it('does not take an encryption that current libraries have retired', async () => {
    const inspection = await inspectPrivateKey(readSecret('bad-pkcs8-pbes1.key'), rightPassphrase());
    expect(inspection).toMatchObject({ status: 'unreadable', encrypted: true });
    expect(slugs(inspection)).toEqual(['key_encryption_unsupported']);
  });

  it('remarks on RSA of 1024 bits and does not use less', async () => {
    const weak = await inspectPrivateKey(readSecret('bad-rsa-1024.key'), undefined);
    expect(weak).toMatchObject({ status: 'ready', facts: { bits: 1024 }, findings: [{ finding: 'key_too_weak' }] });
    const hopeless = await inspectPrivateKey(readSecret('bad-rsa-768.key'), undefined);
    expect(hopeless).toMatchObject({
      status: 'unreadable',
      facts: { bits: 768 },
      findings: [{ finding: 'key_too_weak' }],
    });
  });

  it.each(['ed25519-openssh.key', 'ed25519-pkcs8.key', 'ed25519-putty3.ppk', 'ecdsa-256-traditional.key'])(
    'remarks on a passphrase that %s does not need',
    async (file) => {
      const inspection = await inspectPrivateKey(readSecret(file), rightPassphrase());
      expect(inspection).toMatchObject({ status: 'ready', encrypted: false });
      expect(slugs(inspection)).toEqual(['passphrase_not_needed']);
    },
  );

  it('passes over parameters before the key', async () => {
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    expect((await inspectText(parameters + readText('ecdsa-256-traditional.key'))).status).toBe('ready');
  });

  it('strips from a comment what could move a cursor or a line', async () => {
    const hostile = 'x\u001b[2J\u0000\u202E\u2028evil\r\n';
    const publicLine = (await inspectText(commented(hostile))).facts?.publicKey ?? '';
    expect(publicLine).toMatch(/^ssh-ed25519 \S+ x\[2Jevil$/);
  });

  it.each(['ed25519-openssh.key', 'ecdsa-256-openssh.key', 'rsa-2048-openssh.key'])(
    'refuses %s when its public half is not that of the private one',
    async (file) => {
      const parts = partsOf(file);
      parts.publicKey.writeUInt8(parts.publicKey.readUInt8(40) ^ 1, 40);
      const inspection = await inspectText(openSshFile(parts));
      expect(inspection).toMatchObject({ status: 'unreadable', facts: undefined });
      expect(slugs(inspection)).toEqual(['key_unreadable']);
    },
  );
});

describe('a derivation that costs too much', () => {
  it.each([1001, 2 ** 31, 2 ** 32 - 1])('is refused at once: bcrypt with %i rounds', async (rounds) => {
    const started = performance.now();
    const inspection = await inspectText(withRounds(rounds), 'whatever');
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(inspection).toMatchObject({ status: 'unreadable', encrypted: true, facts: { algorithm: 'ssh-ed25519' } });
    expect(slugs(inspection)).toEqual(['key_kdf_too_expensive']);
  });

  it('leaves in peace the rounds that careful people choose', async () => {
    expect(slugs(await inspectText(withRounds(500)))).toEqual(['key_locked']);
  });

  it.each([
    ['memory', /Argon2-Memory: \d+/, 'Argon2-Memory: 4194304'],
    ['passes', /Argon2-Passes: \d+/, 'Argon2-Passes: 4294967295'],
    ['lanes', /Argon2-Parallelism: \d+/, 'Argon2-Parallelism: 255'],
  ])('is refused at once: Argon2 %s', async (_, pattern, replacement) => {
    const text = readText('ed25519-putty3-encrypted.ppk').replace(pattern, replacement);
    expect(slugs(await inspectText(text, 'whatever'))).toEqual(['key_kdf_too_expensive']);
  });

  it.each([
    ['PBKDF2 iterations', pbes2([derInteger('7fffffff')], '2a864886f70d01050c')],
    ['scrypt memory', pbes2([derInteger('7fffffff'), derInteger('08'), derInteger('01')], '2b06010401da47040b')],
    ['scrypt lanes', pbes2([derInteger('4000'), derInteger('08'), derInteger('7fffffff')], '2b06010401da47040b')],
    ['a number beyond all bounds', pbes2([derInteger('7f'.repeat(40))], '2a864886f70d01050c')],
  ])('is refused at once: %s', async (_, text) => {
    expect(slugs(await inspectText(text, 'whatever'))).toEqual(['key_kdf_too_expensive']);
  });
});

function commented(comment: string): string {
  const parts = partsOf('ed25519-openssh.key');
  const key = parts.privatePart.subarray(0, parts.privatePart.indexOf('test-only') - 4);
  const unpadded = Buffer.concat([key, packWire([{ string: comment }])]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (unpadded.length % 8)) % 8));
  return openSshFile({ ...parts, privatePart: Buffer.concat([unpadded, padding]) });
}

function derInteger(hex: string): Buffer {
  return packDer(tag.integer, [Buffer.from(hex, 'hex')], createScratch());
}

/** An encrypted PKCS#8 file with these derivation parameters after the salt, and no key in it. */
function pbes2(parameters: Buffer[], kdfOid: string): string {
  const pack = (tagByte: number, ...parts: Buffer[]): Buffer => packDer(tagByte, parts, createScratch());
  const oid = (hex: string): Buffer => pack(tag.oid, Buffer.from(hex, 'hex'));
  const bytes = pack(tag.octetString, Buffer.alloc(16));
  const kdf = pack(tag.sequence, oid(kdfOid), pack(tag.sequence, bytes, ...parameters));
  const cipher = pack(tag.sequence, oid('60864801650304012a'), bytes);
  const scheme = pack(tag.sequence, oid('2a864886f70d01050d'), pack(tag.sequence, kdf, cipher));
  const der = pack(tag.sequence, scheme, bytes).toString('base64');
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${der}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}
