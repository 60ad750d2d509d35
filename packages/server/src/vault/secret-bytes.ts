/**
 * Zeroed memory for a secret, outside of the JavaScript heap, where `Buffer.alloc` puts up to 64 bytes: those are copied by the garbage collector,
 * and when native code first needs them, and only the last copy could be overwritten. Also outside of the pool that buffers share.
 */
export function allocateSecretBytes(length: number): Buffer<ArrayBuffer> {
  return Buffer.from(new ArrayBuffer(length));
}
