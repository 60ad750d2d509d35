import type { Curve } from './curves.ts';

/** RSA by its numbers as magnitudes (RFC 8017 section 3.2); `coefficient` is the inverse of q modulo p. */
export interface RsaMaterial {
  readonly kind: 'rsa';
  readonly n: Buffer;
  readonly e: Buffer;
  readonly d: Buffer;
  readonly p: Buffer;
  readonly q: Buffer;
  readonly coefficient: Buffer;
}

/** ECDSA by its scalar; `point` is the public half where the file states it. */
export interface EcdsaMaterial {
  readonly kind: 'ecdsa';
  readonly curve: Curve;
  readonly scalar: Buffer;
  readonly point: Buffer | undefined;
}

/** Ed25519 by its seed (RFC 8032 section 5.1.5); `point` is the public half where the file states it. */
export interface Ed25519Material {
  readonly kind: 'ed25519';
  readonly seed: Buffer;
  readonly point: Buffer | undefined;
}

/** A private key as the formats store it, before anyone has checked that its parts belong together. */
export type KeyMaterial = RsaMaterial | EcdsaMaterial | Ed25519Material;

/** What a file gave: the key, and what stands around it. */
export interface DecodedKey {
  readonly material: KeyMaterial;
  readonly encrypted: boolean;
  readonly comment: string;
  /** The public half in SSH wire format, where the container has one of its own. */
  readonly publicKey: Buffer | undefined;
}
