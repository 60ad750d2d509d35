import type { MessageCode } from '@gatehouse/contract/messages/message';

/** What can be wrong with a private key: stable slugs that clients switch on, each the code of its message. */
export type KeyFindingSlug = Extract<
  MessageCode,
  | 'key_unreadable'
  | 'key_is_public'
  | 'key_locked'
  | 'passphrase_wrong'
  | 'passphrase_not_needed'
  | 'key_algorithm_unsupported'
  | 'key_encryption_unsupported'
  | 'key_too_weak'
  | 'key_kdf_too_expensive'
>;

/** A finding that the owner of a key should know. */
export interface KeyFinding {
  readonly finding: KeyFindingSlug;
}

/** The finding of this slug. */
export function finding(slug: KeyFindingSlug): KeyFinding {
  return { finding: slug };
}
