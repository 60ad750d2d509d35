import { createDecipheriv } from 'node:crypto';
import { KeyFault } from './fault.ts';
import type { Scratch } from './scratch.ts';

interface BlockCiphertext {
  /** OpenSSL's name of a CBC cipher. */
  readonly cipher: string;
  readonly key: Buffer;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
}

/** Decrypts data with PKCS#7 padding (RFC 5652 section 6.3). Wrong padding is `passphrase_wrong`: nothing else shows a wrong key. */
export function decryptBlocks({ cipher, key, iv, ciphertext }: BlockCiphertext, scratch: Scratch): Buffer {
  const decipher = createDecipheriv(cipher, key, iv);
  const head = scratch.keep(decipher.update(ciphertext));
  try {
    return scratch.keep(Buffer.concat([head, scratch.keep(decipher.final())]));
  } catch {
    throw new KeyFault('passphrase_wrong');
  }
}
