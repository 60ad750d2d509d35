import type { Binding } from './slot.ts';

/** What is sealed: a frame and a stream never have the same associated data. */
export type SealedForm = 'frame' | 'stream';

/** Each field as its length in four bytes, big endian, and its bytes: no two lists of fields have the same encoding. */
export function lengthPrefixed(fields: readonly Uint8Array[]): Buffer {
  const parts = fields.flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return Buffer.concat(parts);
}

/**
 * The associated data of a frame or a stream. `header` is its head without the nonce. Numbers are decimal text; docs/formats/vault.md defines the
 * order.
 */
export function associatedData(header: FrameHeader, binding: Binding, form: SealedForm = 'frame'): Buffer {
  const text = [
    binding.instanceId,
    binding.owner.type,
    decimal(binding.owner.id),
    typeof binding.rowId === 'number' ? decimal(binding.rowId) : binding.rowId,
    binding.field,
    decimal(binding.version),
    binding.purpose,
  ];
  return lengthPrefixed([
    Buffer.from(`gatehouse vault ${form}`),
    Buffer.of(header.formatVersion),
    Buffer.of(header.algId),
    header.keyId,
    ...text.map((field) => Buffer.from(field, 'utf8')),
  ]);
}

/** The part of the head of a frame or a stream in the associated data. */
export interface FrameHeader {
  readonly formatVersion: number;
  readonly algId: number;
  readonly keyId: Buffer;
}

function decimal(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError('an id or version is a natural number below 2^53');
  return String(value);
}
