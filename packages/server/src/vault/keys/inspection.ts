import type { KeyFinding } from './finding.ts';

/** The public facts of a key. */
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
 * The state of a stored key. `ready`: it signs. `locked`: it is encrypted and no working passphrase was given; the facts are those that the file
 * contains in clear text (OpenSSH and PuTTY), not checked against the private half. `unreadable`: it can never be used; the findings say why.
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
  /** Findings for the owner; empty if all is well. */
  readonly findings: readonly KeyFinding[];
}
