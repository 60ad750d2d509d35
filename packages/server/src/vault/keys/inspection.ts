import type { KeyFinding } from './finding.ts';

/** What may be shown of a key. */
export interface KeyFacts {
  /** `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256`… */
  readonly algorithm: string;
  readonly bits: number;
  /** `SHA256:…` as OpenSSH prints it. */
  readonly fingerprint: string;
  /** The line for `authorized_keys`, with the key's comment where it has one. */
  readonly publicKey: string;
}

/**
 * What is known of a stored key. `ready`: it signs. `locked`: it is encrypted and no working passphrase was given; the facts are those that
 * the file states in clear (OpenSSH and PuTTY do), not checked against the private half. `unreadable`: it can never be used; the findings say why.
 */
export type KeyInspection =
  | (Inspected & { readonly status: 'ready'; readonly facts: KeyFacts; readonly encrypted: boolean })
  | (Inspected & { readonly status: 'locked'; readonly facts: KeyFacts | undefined; readonly encrypted: true })
  | (Inspected & {
      readonly status: 'unreadable';
      readonly facts: KeyFacts | undefined;
      readonly encrypted: boolean | undefined;
    });

interface Inspected {
  /** What the owner should know; empty when all is well. */
  readonly findings: readonly KeyFinding[];
}
