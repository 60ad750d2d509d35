/** The hash that a signature algorithm prescribes; `undefined` where the algorithm fixes its own (Ed25519). */
export type SignatureHash = 'sha1' | 'sha256' | 'sha384' | 'sha512' | undefined;

/** A private key that signs without showing itself. Disposing it forgets the key. */
export interface SigningKey extends Disposable {
  /** `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256`… */
  readonly algorithm: string;
  /** The public key in SSH wire format (RFC 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4). */
  readonly publicKey: Buffer;
  /** `SHA256:…` as OpenSSH prints it. */
  readonly fingerprint: string;
  /**
   * Signs `data` off the event loop. The result is what an SSH signature blob carries after its algorithm name: RSA as it is (RFC 8332), ECDSA as
   * two mpints (RFC 5656 section 3.1.2), Ed25519 64 bytes (RFC 8709 section 6).
   */
  sign(data: Buffer, hash: SignatureHash): Promise<Buffer>;
}
