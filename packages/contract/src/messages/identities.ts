import type { MessageRows } from './row.ts';

/** Identities and private keys, with the warnings about them. */
export const identities = {
  identity_change_denied: {
    error: 'forbidden',
    en: 'You may use the identities of this organization, but not change them.',
  },
  identity_creation_denied: {
    error: 'forbidden',
    en: 'You may use the identities of this organization, but not add any.',
  },
  identity_move_denied: { error: 'forbidden', en: 'Only the owner of a personal identity can move it.' },
  not_a_member: { error: 'forbidden', en: 'You are not an active member of this organization.' },
  identity_changed: { error: 'precondition_failed', en: 'The identity was changed since you read it.' },
  identity_keeps_changing: { error: 'conflict', en: 'The identity is being changed by other requests; try again.' },
  identity_changed_meanwhile: { error: 'conflict', en: 'The identity was changed at the same time; try again.' },
  secret_not_stored: {
    en: 'An identity of type {{type}} does not store this secret; it was discarded.',
    params: { type: 'text' },
  },
  password_missing: { en: 'Type {{type}} logs in with a password.', params: { type: 'text' } },
  key_missing: { en: 'Type {{type}} logs in with a private key.', params: { type: 'text' } },
  secret_too_large: {
    error: 'payload_too_large',
    en: 'A secret has at most {{most}} bytes.',
    params: { most: 'number' },
  },
  secret_unreadable: {
    error: 'secret_unreadable',
    en: 'The stored {{field}} cannot be opened.',
    params: { field: 'text' },
  },
  key_unreadable: {
    en: 'This is not a private key that can be read: not OpenSSH, PEM or PuTTY format, cut off, or damaged.',
  },
  key_is_public: { en: 'This is a public key or a certificate. The private key is needed.' },
  key_locked: { en: 'The key is encrypted and needs its passphrase.' },
  passphrase_wrong: { en: 'The passphrase does not open the key.' },
  passphrase_not_needed: { en: 'The key is not encrypted; the passphrase is not used.' },
  key_algorithm_unsupported: {
    en: 'Keys of this algorithm cannot be used. Use Ed25519, ECDSA on P-256, P-384 or P-521, or RSA.',
  },
  key_encryption_unsupported: {
    en: 'The key is encrypted in a way that cannot be read. Set its passphrase again with a current ssh-keygen or PuTTYgen.',
  },
  key_too_weak: { en: 'The RSA key is shorter than 2048 bits. Replace it.' },
  key_kdf_too_expensive: {
    en: 'Opening the key takes too much work. Set its passphrase again with fewer rounds (ssh-keygen -p -a 24) or less memory.',
  },
  key_unusable: {
    error: 'credential_required',
    en: 'The private key cannot be used. {{reasons}}',
    params: { reasons: 'sentences' },
  },
  keys_too_many: {
    error: 'unavailable',
    en: 'Too many private keys are being opened at the moment. Try again shortly.',
  },
  key_generations_too_many: {
    error: 'unavailable',
    en: 'Too many keys are being generated at the moment. Try again shortly.',
  },
  key_generations_used_up: {
    error: 'too_many_requests',
    en: 'You can generate {{count}} keys of this size at the same time. Wait until one is ready.',
    params: { count: 'number' },
  },
} as const satisfies MessageRows;
