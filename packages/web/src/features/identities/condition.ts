import { passwordPart } from '@gatehouse/contract/credential-parts/password';
import { sshKeyPart } from '@gatehouse/contract/credential-parts/ssh-key';
import type { Identity, IdentityKey, IdentityType } from '@gatehouse/contract/identities';

/** RSA below this is weak: less than 128 bits of security (NIST SP 800-57 part 1, table 2), and less than `ssh-keygen` makes by itself. */
const strongRsaBits = 3072;

type Algorithm = Pick<IdentityKey, 'algorithm' | 'bits'>;

/** Whether a key should be replaced: a short RSA key, or any DSA key. */
export function isWeakKey({ algorithm, bits }: Algorithm): boolean {
  if (algorithm === 'ssh-dss') return true;
  return algorithm === 'ssh-rsa' && bits !== null && bits < strongRsaBits;
}

/** `Ed25519`, `RSA 4096`, `ECDSA 256`; the name of RFC 4253 for any other. */
export function algorithmName({ algorithm, bits }: Algorithm): string | undefined {
  if (algorithm === null) return undefined;
  if (algorithm === 'ssh-ed25519') return 'Ed25519';
  const size = bits === null ? '' : ` ${bits}`;
  if (algorithm === 'ssh-rsa') return `RSA${size}`;
  if (algorithm === 'ssh-dss') return `DSA${size}`;
  if (algorithm.startsWith('ecdsa-sha2-nistp')) return `ECDSA${size}`;
  return algorithm;
}

/** The comment at the end of a public key's line; empty if there is none. */
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

/** The most important condition of an identity: those that prevent its use come first. */
export type Condition = 'unreadable' | 'incomplete' | 'locked' | 'weak' | 'ready';

/** The first condition that holds, in the order of `Condition`. */
export function conditionOf({ type, key, hasPassword }: Pick<Identity, 'type' | 'key' | 'hasPassword'>): Condition {
  if (key?.status === 'unreadable') return 'unreadable';
  if ((usesKey(type) && key === null) || (usesPassword(type) && !hasPassword)) return 'incomplete';
  if (key?.status === 'locked') return 'locked';
  return key !== null && isWeakKey(key) ? 'weak' : 'ready';
}
