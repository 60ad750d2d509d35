import type { Curve } from './curves.ts';

/** The numbers of an RSA key as magnitudes (RFC 8017 section 3.2); `coefficient` is the inverse of q modulo p. */
export interface RsaMaterial {
  readonly kind: 'rsa';
  readonly n: Buffer;
  readonly e: Buffer;
  readonly d: Buffer;
  readonly p: Buffer;
  readonly q: Buffer;
  readonly coefficient: Buffer;
}

/** The scalar of an ECDSA key; `point` is the public half, if the file contains it. */
export interface EcdsaMaterial {
  readonly kind: 'ecdsa';
  readonly curve: Curve;
  readonly scalar: Buffer;
  readonly point: Buffer | undefined;
}

/** The seed of an Ed25519 key (RFC 8032 section 5.1.5); `point` is the public half, if the file contains it. */
export interface Ed25519Material {
  readonly kind: 'ed25519';
  readonly seed: Buffer;
  readonly point: Buffer | undefined;
}

/** A private key as the formats store it, before its parts are checked against each other. */
export type KeyMaterial = RsaMaterial | EcdsaMaterial | Ed25519Material;

/** The content of a file: the key, and what surrounds it. */
export interface DecodedKey {
  readonly material: KeyMaterial;
  readonly encrypted: boolean;
  readonly comment: string;
  /** The public half in SSH wire format, if the container has one. */
  readonly publicKey: Buffer | undefined;
}
