/**
 * Zeroed memory for a secret. Outside of the heap of JavaScript, where `Buffer.alloc` puts up to 64 bytes: those are copied by the garbage
 * collector, and when native code first asks for them, and no copy but the last one can be overwritten. Nor in the pool that buffers share.
 */
export function allocateSecretBytes(length: number): Buffer<ArrayBuffer> {
  return Buffer.from(new ArrayBuffer(length));
}
