import { refuse } from '../kernel/app-error.ts';

/** Sizes to which secrets are padded, in bytes, so that the length of a stored frame does not reveal the length of a password. */
const buckets = [64, 256, 1_024, 4_096, 16_384, 65_536] as const;

/** The longest secret in a frame, in bytes. */
export const maxSecretBytes = 65_536;

const lengthBytes = 4;

/** Length in four bytes, big endian, the secret, zeros up to the next bucket. The caller wipes the result. */
export function pad(secret: Buffer): Buffer {
  const bucket = buckets.find((size) => secret.length <= size);
  if (bucket === undefined) throw refuse('secret_too_large', { most: maxSecretBytes });
  const padded = Buffer.alloc(lengthBytes + bucket);
  padded.writeUInt32BE(secret.length);
  secret.copy(padded, lengthBytes);
  return padded;
}

/** The secret's bytes within the result of `pad`, not a copy. Throws if it is malformed. */
export function unpad(padded: Buffer): Buffer {
  const length = padded.readUInt32BE();
  const bucket = padded.length - lengthBytes;
  if (length > bucket || !buckets.some((size) => size === bucket)) throw new Error('the padding is not of this format');
  return padded.subarray(lengthBytes, lengthBytes + length);
}
