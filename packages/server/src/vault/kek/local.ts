import { createHmac } from 'node:crypto';
import { openFrame, sealFrame, type FrameKey } from '../envelope.ts';
import type { Kek } from './kek.ts';

const keyIdBytes = 16;

/** A master key in this process's memory. Takes over `bytes`, 32 of them. */
export function localKek(bytes: Buffer): Kek {
  // An HMAC and not a hash: a hash of the key would be a second thing to keep secret.
  const id = createHmac('sha256', bytes).update('kcv').digest().subarray(0, keyIdBytes);
  const key: FrameKey = { id, bytes };
  const keyId = id.toString('hex');
  return {
    keyId: () => keyId,
    wrap: (plaintext, binding) => Promise.resolve(sealFrame(key, binding, plaintext)),
    unwrap: async (wrapped, binding) => Promise.resolve(openFrame(key, binding, wrapped)),
    health: () => Promise.resolve(),
  };
}
