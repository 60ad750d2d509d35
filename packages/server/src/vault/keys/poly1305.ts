const MODULUS = 2n ** 130n - 5n;
const CLAMP = 0x0ffffffc0ffffffc0ffffffc0fffffffn;
const TAG_MASK = 2n ** 128n - 1n;
const BLOCK_BYTES = 16;

/**
 * The Poly1305 authenticator (RFC 8439 section 2.5), which node:crypto offers only inside its own AEAD. The key serves one message, so
 * the numbers made of it here are worth nothing afterwards.
 */
export function authenticatePoly1305(key: Buffer, message: Buffer): Buffer {
  const r = littleEndian(key.subarray(0, BLOCK_BYTES)) & CLAMP;
  const s = littleEndian(key.subarray(BLOCK_BYTES, 2 * BLOCK_BYTES));
  let accumulator = 0n;
  for (let offset = 0; offset < message.length; offset += BLOCK_BYTES) {
    const block = message.subarray(offset, offset + BLOCK_BYTES);
    const number = littleEndian(block) + (1n << BigInt(8 * block.length));
    accumulator = ((accumulator + number) * r) % MODULUS;
  }
  const tag = (accumulator + s) & TAG_MASK;
  return Buffer.from(tag.toString(16).padStart(2 * BLOCK_BYTES, '0'), 'hex').reverse();
}

function littleEndian(bytes: Buffer): bigint {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}
