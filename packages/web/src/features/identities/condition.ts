import { passwordPart } from '@gatehouse/contract/credential-parts/password';
import { sshKeyPart } from '@gatehouse/contract/credential-parts/ssh-key';
import type { Identity, IdentityKey, IdentityType } from '@gatehouse/contract/identities';

/** RSA below this is weak: less than 128 bits of security (NIST SP 800-57 part 1, table 2), and less than `ssh-keygen` makes by itself. */
const strongRsaBits = 3072;

type Algorithm = Pick<IdentityKey, 'algorithm' | 'bits'>;

/** Whether a key should be replaced: a short RSA key, or DSA at any length. */
export function isWeakKey({ algorithm, bits }: Algorithm): boolean {
  if (algorithm === 'ssh-dss') return true;
  return algorithm === 'ssh-rsa' && bits !== null && bits < strongRsaBits;
}

/** `Ed25519`, `RSA 4096`, `ECDSA 256`; the wire's own name (RFC 4253) for what is none of them. */
export function algorithmName({ algorithm, bits }: Algorithm): string | undefined {
  if (algorithm === null) return undefined;
  if (algorithm === 'ssh-ed25519') return 'Ed25519';
  const size = bits === null ? '' : ` ${bits}`;
  if (algorithm === 'ssh-rsa') return `RSA${size}`;
  if (algorithm === 'ssh-dss') return `DSA${size}`;
  if (algorithm.startsWith('ecdsa-sha2-nistp')) return `ECDSA${size}`;
  return algorithm;
}

/** The comment at the end of a public key's line; empty where there is none. */
export function commentOf(publicKey: string): string {
  return publicKey.split(' ').slice(2).join(' ');
}

const withKey: ReadonlySet<IdentityType> = new Set(sshKeyPart.types);
const withPassword: ReadonlySet<IdentityType> = new Set(passwordPart.types);

/** Whether identities of the type log in with a private key. */
export function usesKey(type: IdentityType): boolean {
  return withKey.has(type);
}

/** Whether identities of the type log in with a password. */
export function usesPassword(type: IdentityType): boolean {
  return withPassword.has(type);
}

/** The one thing to know about an identity: what keeps it from being used comes before what is merely not good. */
export type Condition = 'unreadable' | 'incomplete' | 'locked' | 'weak' | 'ready';

/** The first condition that holds, in the order of `Condition`. */
export function conditionOf({ type, key, hasPassword }: Pick<Identity, 'type' | 'key' | 'hasPassword'>): Condition {
  if (key?.status === 'unreadable') return 'unreadable';
  if ((usesKey(type) && key === null) || (usesPassword(type) && !hasPassword)) return 'incomplete';
  if (key?.status === 'locked') return 'locked';
  return key !== null && isWeakKey(key) ? 'weak' : 'ready';
}
