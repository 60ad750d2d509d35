const messages = {
  key_unreadable: 'This is not a private key that can be read: not OpenSSH, PEM or PuTTY format, cut off, or damaged.',
  key_is_public: 'This is a public key or a certificate. The private key is needed.',
  key_locked: 'The key is encrypted and needs its passphrase.',
  passphrase_wrong: 'The passphrase does not open the key.',
  passphrase_not_needed: 'The key is not encrypted; the passphrase is not used.',
  key_algorithm_unsupported:
    'Keys of this algorithm cannot be used. Use Ed25519, ECDSA on P-256, P-384 or P-521, or RSA.',
  key_encryption_unsupported:
    'The key is encrypted in a way that cannot be read. Set its passphrase again with a current ssh-keygen or PuTTYgen.',
  key_too_weak: 'The RSA key is shorter than 2048 bits. Replace it.',
  key_kdf_too_expensive:
    'Opening the key takes too much work. Set its passphrase again with fewer rounds (ssh-keygen -p -a 24) or less memory.',
} as const;

/** What can be wrong with a private key: stable slugs that clients switch on. */
export type KeyFindingSlug = keyof typeof messages;

/** Something that the owner of a key should know about it; `message` is a sentence for a person. */
export interface KeyFinding {
  readonly finding: KeyFindingSlug;
  readonly message: string;
}

/** The finding of this slug, with its message. */
export function finding(slug: KeyFindingSlug): KeyFinding {
  return { finding: slug, message: messages[slug] };
}
