/** A curve that SSH and this vault support (RFC 5656 section 10.1). */
export interface Curve {
  /** The curve's name in SSH wire encoding. */
  readonly sshName: string;
  readonly opensslName: string;
  /** The encoding of its object identifier, in hexadecimal. */
  readonly oid: string;
  readonly bits: number;
  /** Bytes of a coordinate, of the scalar, and of each half of a signature. */
  readonly bytes: number;
  /** The hash that its signatures use (RFC 5656 section 6.2.1). */
  readonly hash: 'sha256' | 'sha384' | 'sha512';
}

/** The curves of RFC 5656 section 10.1 that must be supported. */
export const curves: readonly Curve[] = [
  { sshName: 'nistp256', opensslName: 'prime256v1', oid: '2a8648ce3d030107', bits: 256, bytes: 32, hash: 'sha256' },
  { sshName: 'nistp384', opensslName: 'secp384r1', oid: '2b81040022', bits: 384, bytes: 48, hash: 'sha384' },
  { sshName: 'nistp521', opensslName: 'secp521r1', oid: '2b81040023', bits: 521, bytes: 66, hash: 'sha512' },
];

const ecdsaPrefix = 'ecdsa-sha2-';

/** The name of a key of this curve (RFC 5656 section 6.2). */
export function algorithmOf(curve: Curve): string {
  return ecdsaPrefix + curve.sshName;
}

/** Undefined if the algorithm is not ECDSA. */
export function findCurveOf(algorithm: string): Curve | undefined {
  return curves.find((curve) => algorithmOf(curve) === algorithm);
}
