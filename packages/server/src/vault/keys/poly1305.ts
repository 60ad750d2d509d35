const modulus = 2n ** 130n - 5n;
const clamp = 0x0ffffffc0ffffffc0ffffffc0fffffffn;
const tagMask = 2n ** 128n - 1n;
const blockBytes = 16;

/**
 * The Poly1305 authenticator (RFC 8439 section 2.5), which node:crypto offers only inside its own AEAD. A key is used for one message, so the numbers
 * derived from it here are worthless afterwards.
 */
export function authenticatePoly1305(key: Buffer, message: Buffer): Buffer {
  const r = littleEndian(key.subarray(0, blockBytes)) & clamp;
  const s = littleEndian(key.subarray(blockBytes, 2 * blockBytes));
  let accumulator = 0n;
  for (let offset = 0; offset < message.length; offset += blockBytes) {
    const block = message.subarray(offset, offset + blockBytes);
    const number = littleEndian(block) + (1n << BigInt(8 * block.length));
    accumulator = ((accumulator + number) * r) % modulus;
  }
  const tag = (accumulator + s) & tagMask;
  return Buffer.from(tag.toString(16).padStart(2 * blockBytes, '0'), 'hex').reverse();
}

function littleEndian(bytes: Buffer): bigint {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}
