import { z } from 'zod';
import { fault } from '../messages/faults.ts';
import { directSecret, secretText, setAt, type CredentialPart } from './part.ts';

/** Whether a stored key can be used now. `locked`: encrypted, and no passphrase that opens it is stored. */
const keyStatusSchema = z.enum(['ready', 'locked', 'unreadable']);

/** The public facts of a stored private key; null if they cannot be read from the file. */
export const identityKeySchema = z.object({
  algorithm: z.string().nullable(),
  bits: z.number().int().nullable(),
  fingerprint: z.string().nullable().meta({ description: 'SHA256:… as OpenSSH prints it' }),
  publicKey: z.string().nullable().meta({ description: 'The line for authorized_keys' }),
  encrypted: z.boolean().nullable(),
  status: keyStatusSchema,
});
export type IdentityKey = z.output<typeof identityKeySchema>;

const generatedKey = z
  .string()
  .regex(/^[\w-]{43}$/, fault('generated_key_malformed'))
  .meta({ writeOnly: true, description: 'The handle that POST /api/identity/generate-key gave, instead of sshKey' });

/** An SSH private key with its passphrase. */
export const sshKeyPart = {
  id: 'ssh-key',
  types: ['ssh', 'both'],
  secrets: ['sshKey', 'passphrase'],
  // A passphrase of `null` or `""` means none.
  writable: { sshKey: secretText(1), generatedKey, passphrase: secretText(0).nullable() },
  checks: [
    {
      holds: (body: object) => !('sshKey' in body && 'generatedKey' in body),
      path: 'generatedKey',
      error: fault('two_keys_sent'),
    },
  ],
  direct: { sshKey: directSecret(), passphrase: directSecret() },
  facts: { key: identityKeySchema.nullable() },
  has: { hasPassphrase: z.boolean() },
  setAt: { keySetAt: setAt('private key') },
  missing: 'key_missing',
  findings: [
    'key_unreadable',
    'key_is_public',
    'key_locked',
    'passphrase_wrong',
    'passphrase_not_needed',
    'key_algorithm_unsupported',
    'key_encryption_unsupported',
    'key_too_weak',
    'key_kdf_too_expensive',
  ],
} as const satisfies CredentialPart;
