import { decodeBase64, describe, readWire } from './wire.ts';

/** The facts of a pasted key that the browser can read. The server inspects it fully when it is saved, and decides. */
export type PastedKey =
  | { readonly kind: 'nothing' }
  /** A public key or a certificate. */
  | { readonly kind: 'public' }
  /** No known key format. */
  | { readonly kind: 'unknown' }
  /** It starts like a private key, but is truncated or damaged. */
  | { readonly kind: 'damaged' }
  | PrivateKey;

/** A private key, and the facts that its file contains in the clear. */
export interface PrivateKey {
  readonly kind: 'private';
  readonly encrypted: boolean;
  /** Undefined if the file format does not show it. */
  readonly facts?: { readonly algorithm: string; readonly bits: number | null } | undefined;
  /** In SSH wire format, if the file contains it in the clear. */
  readonly publicKey?: Uint8Array<ArrayBuffer> | undefined;
  readonly comment?: string | undefined;
}

const publicLine = /^(?:ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-)[\w.@-]+ +AAAA/m;
const publicBlock =
  /-----BEGIN (?:RSA |EC )?PUBLIC KEY-----|-----BEGIN CERTIFICATE-----|---- BEGIN SSH2 PUBLIC KEY ----/;
const privateBlock = /-----BEGIN ([A-Z0-9 ]{0,20}PRIVATE KEY)-----([^]*?)(?:-----END \1-----|$)/;

const algorithms: Readonly<Record<string, string>> = {
  'RSA PRIVATE KEY': 'ssh-rsa',
  'DSA PRIVATE KEY': 'ssh-dss',
};

/** Classifies a pasted text, without reading secret parts. */
export function inspectPasted(text: string): PastedKey {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'nothing' };
  const [, label, body = ''] = privateBlock.exec(trimmed) ?? [];
  if (label === 'OPENSSH PRIVATE KEY') return readOpenSsh(body) ?? { kind: 'damaged' };
  if (label !== undefined) return readPem(label, body);
  if (trimmed.startsWith('PuTTY-User-Key-File-')) return readPutty(trimmed) ?? { kind: 'damaged' };
  return { kind: publicLine.test(trimmed) || publicBlock.test(trimmed) ? 'public' : 'unknown' };
}

/** `SHA256:…` as OpenSSH prints it; undefined if the browser cannot compute it: in insecure contexts. */
export async function fingerprintOf(publicKey: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (!window.isSecureContext) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', publicKey));
  return `SHA256:${btoa(String.fromCharCode(...digest)).replace(/=+$/, '')}`;
}

const magic = 'openssh-key-v1\0';

/** The container of OpenSSH's PROTOCOL.key, whose public half is never encrypted. */
function readOpenSsh(body: string): PastedKey | undefined {
  const bytes = decodeBase64(body);
  if (bytes === undefined) return undefined;
  const wire = readWire(bytes);
  const start = wire.bytes(magic.length);
  if (start === undefined || new TextDecoder().decode(start) !== magic) return undefined;
  const cipher = wire.text();
  wire.string(); // the name of the key derivation
  wire.string(); // its options
  const keys = wire.uint32();
  const publicKey = wire.string();
  const privatePart = wire.string();
  const facts = publicKey && describe(publicKey);
  if (keys !== 1 || facts === undefined || privatePart === undefined) return undefined;
  const encrypted = cipher !== 'none';
  const comment = encrypted ? undefined : commentIn(privatePart, facts.algorithm);
  return { kind: 'private', encrypted, facts, publicKey, comment };
}

/** The number of strings in the private part between the algorithm and the comment. */
function stringsBefore(algorithm: string): number | undefined {
  if (algorithm === 'ssh-ed25519') return 2;
  if (algorithm === 'ssh-rsa') return 6;
  return algorithm.startsWith('ecdsa-') ? 3 : undefined;
}

function commentIn(privatePart: Uint8Array<ArrayBuffer>, algorithm: string): string | undefined {
  const strings = stringsBefore(algorithm);
  if (strings === undefined) return undefined;
  const wire = readWire(privatePart);
  wire.bytes(8); // two equal numbers by which a passphrase is checked
  for (let read = 0; read <= strings; read++) wire.string();
  return wire.text();
}

function readPem(label: string, body: string): PastedKey {
  const encrypted = label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type:.*ENCRYPTED/m.test(body);
  const algorithm = algorithms[label];
  return { kind: 'private', encrypted, facts: algorithm === undefined ? undefined : { algorithm, bits: null } };
}

/** PuTTY's own files, versions 2 and 3. */
function readPutty(text: string): PastedKey | undefined {
  const header = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(text)?.[1]?.trim();
  const encryption = header('Encryption');
  const count = Number(header('Public-Lines'));
  const lines = text.split(/\r\n|\r|\n/);
  const first = lines.findIndex((line) => line.startsWith('Public-Lines:')) + 1;
  const publicKey = decodeBase64(lines.slice(first, first + count).join(''));
  const facts = publicKey && describe(publicKey);
  if (encryption === undefined || facts === undefined || header('Private-MAC') === undefined) return undefined;
  return { kind: 'private', encrypted: encryption !== 'none', facts, publicKey, comment: header('Comment') };
}
