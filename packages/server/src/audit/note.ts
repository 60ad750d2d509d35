import { createPublicKey, hash, verify } from 'node:crypto';
import type { Signer } from '../vault/signer.ts';
import type { Checkpoint } from './chain.ts';

/** The origin of checkpoints: the name of the installation in every note, and the signing key. */
export interface NoteKey {
  /** `gatehouse/` and the installation's UUID: the origin of a checkpoint and the name of its key. */
  readonly origin: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Buffer;
}

/** Signature type Ed25519 of the C2SP signed-note format. */
const ed25519 = 0x01;
const originPrefix = 'gatehouse/';
const keyIdBytes = 4;
const hashBytes = 32;

const notePattern =
  /^(?<text>(?<origin>[^\n]+)\n(?<size>0|[1-9][0-9]{0,15})\n(?<hash>[A-Za-z0-9+/]{43}=)\n)\n— (?<name>[^ \n]+) (?<signature>[A-Za-z0-9+/]{91}=)\n$/;

/** A checkpoint as a signed note (https://c2sp.org/signed-note) with the lines of https://c2sp.org/tlog-checkpoint. */
export function signNote(origin: string, signer: Signer, { size, hash: root }: Checkpoint): string {
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
  const signature = Buffer.concat([keyId({ origin, publicKey: signer.publicKey }), signer.sign(Buffer.from(text))]);
  return `${text}\n— ${origin} ${signature.toString('base64')}\n`;
}

/** Whether a line is the first line of a note of any installation. */
export function isOrigin(line: string): boolean {
  return line.startsWith(originPrefix);
}

/** Whether a text has the form of a note, whatever key signed it. */
export function isNote(text: string): boolean {
  return notePattern.test(text);
}

/** The checkpoint in a note that this key signed; `undefined` for every other text. */
export function openNote(key: NoteKey, note: string): Checkpoint | undefined {
  const parts = notePattern.exec(note)?.groups;
  if (parts?.['origin'] !== key.origin || parts['name'] !== key.origin) return undefined;
  const signature = Buffer.from(parts['signature'] ?? '', 'base64');
  const root = Buffer.from(parts['hash'] ?? '', 'base64');
  const size = Number(parts['size']);
  if (!Number.isSafeInteger(size) || root.length !== hashBytes) return undefined;
  if (!signature.subarray(0, keyIdBytes).equals(keyId(key))) return undefined;
  const signed = verify(null, Buffer.from(parts['text'] ?? ''), toKeyObject(key), signature.subarray(keyIdBytes));
  return signed ? { size, hash: root } : undefined;
}

/** The public key as other programs take it to check a note (`<name>+<key id>+<key>`). */
export function verifierKey(key: NoteKey): string {
  const encoded = Buffer.concat([Buffer.of(ed25519), key.publicKey]);
  return `${key.origin}+${keyId(key).toString('hex')}+${encoded.toString('base64')}`;
}

function keyId({ origin, publicKey }: NoteKey): Buffer {
  const named = Buffer.concat([Buffer.from(`${origin}\n`), Buffer.of(ed25519), publicKey]);
  return hash('sha256', named, 'buffer').subarray(0, keyIdBytes);
}

function toKeyObject({ publicKey }: NoteKey) {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') };
  return createPublicKey({ key: jwk, format: 'jwk' });
}
