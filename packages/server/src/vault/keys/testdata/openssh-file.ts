import { packWire, readWire } from '../wire.ts';
import { readText } from './vectors.ts';

/** The outer fields of an OpenSSH key file, to be put together differently. */
export interface OpenSshParts {
  readonly cipher: string;
  readonly kdfName: string;
  readonly kdf: Buffer;
  readonly publicKey: Buffer;
  readonly privatePart: Buffer;
}

const magic = Buffer.from('openssh-key-v1\0');

/** Takes a file of this folder apart. */
export function partsOf(file: string): OpenSshParts {
  const reader = readWire(Buffer.from(readText(file).replaceAll(/-----.*-----|\n/g, ''), 'base64'));
  reader.raw(magic.length);
  const [cipher, kdfName, kdf] = [reader.text(), reader.text(), reader.string()];
  reader.uint32();
  return { cipher, kdfName, kdf, publicKey: reader.string(), privatePart: reader.string() };
}

/** Puts a key file together. */
export function openSshFile({ cipher, kdfName, kdf, publicKey, privatePart }: OpenSshParts): string {
  const head = [{ raw: magic }, { string: cipher }, { string: kdfName }, { string: kdf }];
  const body = packWire([...head, { uint32: 1 }, { string: publicKey }, { string: privatePart }]);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

/** An encrypted key whose header asks for so many rounds of bcrypt. No passphrase opens it. */
export function withRounds(rounds: number): string {
  const kdf = packWire([{ string: Buffer.alloc(16, 1) }, { uint32: rounds }]);
  return openSshFile({ ...partsOf('ed25519-openssh-encrypted.key'), kdf });
}
