import { describe, expect, it } from 'vitest';
import { Secret } from '../vault/secret.ts';
import { createSigner, generateSigningKey } from '../vault/signer.ts';
import { openNote, signNote, verifierKey } from './note.ts';

const origin = 'gatehouse/6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
/** The secret key of RFC 8032 section 7.1, test 1. */
const signer = signerOf('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
const key = { origin, publicKey: signer.publicKey };
const checkpoint = { size: 1_234, hash: Buffer.alloc(32, 0xab) };

function signerOf(secretKey: string) {
  // PKCS#8 of an Ed25519 key (RFC 8410 section 7): a fixed head before the 32 bytes.
  const der = Buffer.from(`302e020100300506032b657004220420${secretKey}`, 'hex');
  return createSigner(Secret.takeBytes(der));
}

describe('a note', () => {
  it('is what docs/formats/audit.md says', () => {
    expect(signNote(origin, signer, checkpoint)).toBe(
      'gatehouse/6f9619ff-8b86-4d01-b42d-00cf4fc964ff\n1234\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\n\n— gatehouse/6f9619ff-8b86-4d01-b42d-00cf4fc964ff RbGEFg7/YTh+ZZ+WVIgpHPJNY2Inyvz+9DuksltdxHROdqbU6/KJjjs26sLlYml4DEEV0AhOw/sjiScK5wrGVsY/cgw=\n',
    );
    expect(verifierKey(key)).toBe(
      'gatehouse/6f9619ff-8b86-4d01-b42d-00cf4fc964ff+45b18416+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea',
    );
  });

  it('opens with the key that signed it', () => {
    expect(openNote(key, signNote(origin, signer, checkpoint))).toEqual(checkpoint);
    const empty = { size: 0, hash: Buffer.alloc(32) };
    expect(openNote(key, signNote(origin, signer, empty))).toEqual(empty);
  });

  it('does not open with any one byte changed', () => {
    const note = Buffer.from(signNote(origin, signer, checkpoint));
    for (let offset = 0; offset < note.length; offset++) {
      const changed = Buffer.from(note);
      changed.writeUInt8(changed.readUInt8(offset) ^ 1, offset);
      expect(openNote(key, changed.toString()), `byte ${offset}`).toBeUndefined();
    }
  });

  it('does not open with another key or for another installation', () => {
    const note = signNote(origin, signer, checkpoint);
    const other = createSigner(generateSigningKey());
    expect(openNote({ origin, publicKey: other.publicKey }, note)).toBeUndefined();
    expect(openNote({ ...key, origin: 'gatehouse/other' }, note)).toBeUndefined();
    expect(openNote(key, signNote('gatehouse/other', signer, checkpoint))).toBeUndefined();
  });

  it.each(['', '\n', 'x'.repeat(10_000)])('does not open from other text', (text) => {
    expect(openNote(key, text)).toBeUndefined();
  });
});
