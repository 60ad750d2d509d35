import type { KeyFacts, KeyInspection } from './inspection.ts';
import { allocateSecretBytes } from '../secret-bytes.ts';

/** Bytes with their own buffer, so that they can be transferred to another thread. */
export type OwnBytes = Uint8Array<ArrayBuffer>;

interface ReadRequest {
  readonly kind: 'read';
  readonly key: OwnBytes;
  readonly passphrase: OwnBytes | undefined;
  /** False for an inspection, which does not need the private key. */
  readonly wantsKey: boolean;
}

interface ReadReply {
  readonly inspection: KeyInspection;
  /** The private key as PKCS#8 DER, and the public one in SSH wire format. */
  readonly key: { readonly pkcs8: OwnBytes; readonly publicKey: OwnBytes } | undefined;
}

/** The key to generate; the numbers have been checked. */
export type KeyPlan =
  | { readonly algorithm: 'ed25519' }
  | { readonly algorithm: 'ecdsa'; readonly bits: number }
  | { readonly algorithm: 'rsa'; readonly bits: number };

interface GenerateRequest {
  readonly kind: 'generate';
  readonly plan: KeyPlan;
  readonly comment: string;
  readonly passphrase: OwnBytes | undefined;
}

interface GenerateReply {
  /** The text of the private key file. */
  readonly privateKey: OwnBytes;
  readonly facts: KeyFacts;
}

/** The jobs of a key worker by kind: request and reply. */
export interface KeyJobs {
  readonly read: { readonly request: ReadRequest; readonly reply: ReadReply };
  readonly generate: { readonly request: GenerateRequest; readonly reply: GenerateReply };
}

/** A request to a worker. */
export type KeyRequest = KeyJobs[keyof KeyJobs]['request'];
/** The reply of a worker. */
export type KeyReply = KeyJobs[keyof KeyJobs]['reply'];

/** The answer of a worker. Of a failure only the error's name and code are sent, never its message, which could quote the key. */
export type KeyAnswer = { readonly reply: KeyReply } | { readonly failure: string };

/** The buffers of a message that are transferred with it. */
export function transfersOf(message: KeyRequest | KeyReply): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  const collect = (value: unknown): void => {
    if (value instanceof Uint8Array && value.buffer instanceof ArrayBuffer) buffers.push(value.buffer);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(message);
  return buffers;
}

/** Overwrites a request that will not be sent. */
export function wipe(request: KeyRequest): void {
  for (const buffer of transfersOf(request)) new Uint8Array(buffer).fill(0);
}

/** Copies bytes into their own buffer. */
export function ownCopy(bytes: Uint8Array): OwnBytes {
  const copy = allocateSecretBytes(bytes.length);
  copy.set(bytes);
  return copy;
}
