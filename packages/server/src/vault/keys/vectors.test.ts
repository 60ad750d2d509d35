import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../secret.ts';
import { findCurveOf } from './curves.ts';
import { inspectPrivateKey } from './inspect.ts';
import { openSigningKey } from './open.ts';
import type { SignatureHash } from './signing-key.ts';
import { passphrase, readSecret, readText, rightPassphrase, vectors } from './testdata/vectors.ts';
import type { Vector } from './testdata/vectors.ts';
import { readWire } from './wire.ts';

const encrypted = vectors.filter((vector) => vector.encrypted);
const factsOf = ({ algorithm, bits, fingerprint, publicKey }: Vector): object => ({
  algorithm,
  bits,
  fingerprint,
  publicKey,
});

describe.each(vectors)('$file', (vector) => {
  const given = vector.encrypted ? rightPassphrase() : undefined;

  it('is ready and shows what ssh-keygen shows', async () => {
    expect(await inspectPrivateKey(readSecret(vector.file), given)).toEqual({
      status: 'ready',
      facts: factsOf(vector),
      encrypted: vector.encrypted,
      findings: [],
    });
  });

  it('signs so that the public key verifies', async () => {
    using key = await openSigningKey(readSecret(vector.file), given);
    expect(key).toMatchObject({ algorithm: vector.algorithm, fingerprint: vector.fingerprint });
    expect(key.publicKey.toString('base64')).toBe(vector.publicKey.split(' ')[1]);
    const data = Buffer.from('what the server wants signed');
    for (const hash of hashesFor(vector.algorithm)) {
      expect(verifies(vector.file, { data, hash, signature: await key.sign(data, hash) })).toBe(true);
    }
  });

  it('may come with CRLF, a byte-order mark, trailing blanks and blank lines', async () => {
    const text = `\uFEFF\r\n${readText(vector.file).replace(/^.*$/gm, '$&  \t').replaceAll('\n', '\r\n')}\r\n \r\n`;
    const { status, facts } = await inspectPrivateKey(Secret.fromText(text), given);
    expect({ status, facts }).toEqual({ status: 'ready', facts: factsOf(vector) });
  });
});

describe.each(encrypted)('$file, encrypted,', (vector) => {
  const statesPublicHalf = /openssh|putty/.test(vector.file);

  it('is locked without its passphrase, and an empty one is none', async () => {
    for (const none of [undefined, Secret.fromText('')]) {
      const inspection = await inspectPrivateKey(readSecret(vector.file), none);
      expect(inspection).toMatchObject({ status: 'locked', encrypted: true, findings: [{ finding: 'key_locked' }] });
      expect(inspection.facts?.fingerprint).toBe(statesPublicHalf ? vector.fingerprint : undefined);
    }
  });

  it('is locked under a wrong passphrase', async () => {
    const inspection = await inspectPrivateKey(readSecret(vector.file), Secret.fromText(`${passphrase}!`));
    expect(inspection).toMatchObject({
      status: 'locked',
      encrypted: true,
      findings: [{ finding: 'passphrase_wrong' }],
    });
    expect(inspection.facts?.fingerprint).toBe(statesPublicHalf ? vector.fingerprint : undefined);
  });
});

function hashesFor(algorithm: string): SignatureHash[] {
  if (algorithm === 'ssh-rsa') return ['sha1', 'sha256', 'sha512'];
  return [findCurveOf(algorithm)?.hash];
}

interface Signed {
  readonly data: Buffer;
  readonly hash: SignatureHash;
  readonly signature: Buffer;
}

/** Verifies with the public key that openssl derives from the unencrypted PKCS#8 file of the same key. */
function verifies(file: string, { data, hash, signature }: Signed): boolean {
  const base = /^(ed25519|ecdsa-\d+|rsa-\d+)/.exec(file)?.[0] ?? '';
  const key = createPublicKey(readText(`${base}-pkcs8.key`));
  if (!base.startsWith('ecdsa')) return verify(hash, data, key, signature);
  const reader = readWire(signature);
  const halves = [reader.mpint(), reader.mpint()].map((half) => {
    const padded = Buffer.alloc(Math.ceil(Number(base.split('-')[1]) / 8));
    half.copy(padded, padded.length - half.length);
    return padded;
  });
  reader.end();
  return verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, Buffer.concat(halves));
}
