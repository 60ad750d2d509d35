import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameKeyId, openFrame, sealFrame, sealFrameWithNonce, type FrameKey } from './envelope.ts';
import type { Binding } from './slot.ts';

const key: FrameKey = { id: hex('000102030405060708090a0b0c0d0e0f'), bytes: hex('11'.repeat(32)) };
const binding: Binding = {
  instanceId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
  owner: { type: 'organization', id: 12 },
  purpose: 'identity',
  rowId: 345,
  field: 'password',
  version: 6,
};
const nonce = hex('a0a1a2a3a4a5a6a7a8a9aaab');
const tagBytes = 16;

/** Those of docs/formats/vault.md. */
const vectors = [
  {
    secret: 'correct horse battery staple',
    binding,
    frame:
      '47480101000102030405060708090a0b0c0d0e0fa0a1a2a3a4a5a6a7a8a9aaab63b47051237bf1e15d7cc77b172a4f9fc7d7a4537df9e4d96df49d9a39a65a0f8875f3963c67c6d12ac14d673b6aee5c2d03f58f926ab0b5122ffcd2b280a9b50441e9fbfe1969f64c291acbd3d3f77594f60f91',
  },
  {
    secret: '',
    binding: {
      ...binding,
      owner: { type: 'account', id: 1 },
      purpose: 'generated-key',
      rowId: 'c0ffee',
      field: 'passphrase',
      version: 1,
    },
    frame:
      '47480101000102030405060708090a0b0c0d0e0fa0a1a2a3a4a5a6a7a8a9aaab63b4704d40148393381fb35b7f453deca2f7c632098d81ab14d4eeee58d6366a8875f3963c67c6d12ac14d673b6aee5c2d03f58f926ab0b5122ffcd2b280a9b50441e9fb5f2b8e7b87e399c870d49f0de5de66cc',
  },
] as const;

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function opened(frame: Buffer, where: Binding = binding): Buffer {
  using secret = openFrame(key, where, frame);
  return secret.expose((bytes) => Buffer.from(bytes));
}

describe('a frame', () => {
  it.each(vectors)('is what docs/formats/vault.md says for "$secret"', ({ secret, binding: where, frame }) => {
    expect(sealFrameWithNonce(key, where, Buffer.from(secret), nonce).toString('hex')).toBe(frame);
    expect(opened(hex(frame), where).toString()).toBe(secret);
  });

  it('opens to what was sealed, whatever that is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (secret) => {
        expect(opened(sealFrame(key, binding, Buffer.from(secret)))).toEqual(Buffer.from(secret));
      }),
    );
  });

  it('has the same length for every secret of one size class', () => {
    const lengths = [0, 1, 64, 65, 256, 257].map((length) => sealFrame(key, binding, Buffer.alloc(length)).length);
    const overhead = 32 + 4 + tagBytes;
    expect(lengths).toEqual([64, 64, 64, 256, 256, 1_024].map((bucket) => bucket + overhead));
  });

  it('has a new nonce every time', () => {
    const frames = Array.from({ length: 100 }, () => sealFrame(key, binding, Buffer.alloc(8)).toString('hex'));
    expect(new Set(frames).size).toBe(frames.length);
  });

  it('does not open with any one bit of it flipped', () => {
    const frame = sealFrame(key, binding, Buffer.from('hunter2'));
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const flipped = Buffer.from(frame);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => opened(flipped), `bit ${bit}`).toThrow();
    }
  });

  it.each([12, 8, 4, 0])('does not open with its tag cut to %i bytes', (length) => {
    const frame = sealFrame(key, binding, Buffer.from('hunter2'));
    expect(() => opened(frame.subarray(0, frame.length - tagBytes + length))).toThrow();
  });

  it('does not open when it was made with a nonce of 16 bytes', () => {
    const frame = sealFrameWithNonce(key, binding, Buffer.from('hunter2'), Buffer.alloc(16));
    expect(() => opened(frame)).toThrow();
  });

  it.each([
    ['a format of the future', 2, 2, 'frame format 2 is not known here'],
    ['another algorithm', 3, 2, 'frame algorithm 2 is not known here'],
    ['another beginning', 0, 0, 'this is not a frame'],
  ])('does not open with %s', (_what, offset, value, message) => {
    const frame = sealFrame(key, binding, Buffer.from('hunter2'));
    frame.writeUInt8(value, offset);
    expect(() => opened(frame)).toThrow(message);
  });

  it.each<[string, Partial<Binding>]>([
    ['another installation', { instanceId: '6f9619ff-8b86-4d01-b42d-00cf4fc964fe' }],
    ['an account of the same id', { owner: { type: 'account', id: 12 } }],
    ['another owner', { owner: { type: 'organization', id: 13 } }],
    ['another kind of row', { purpose: 'generated-key' }],
    ['another row', { rowId: 346 }],
    ['another field', { field: 'passphrase' }],
    ['the version before', { version: 5 }],
  ])('does not open in the place of %s', (_place, difference) => {
    const frame = sealFrame(key, binding, Buffer.from('hunter2'));
    expect(() => opened(frame, { ...binding, ...difference })).toThrow('does not belong here');
  });

  it('does not open under another key of the same name', () => {
    const frame = sealFrame({ ...key, bytes: Buffer.alloc(32) }, binding, Buffer.from('hunter2'));
    expect(frameKeyId(frame)).toEqual(key.id);
    expect(() => opened(frame)).toThrow('does not belong here');
  });

  it('never opens from random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => opened(Buffer.from(bytes))).toThrow();
      }),
    );
  });
});
