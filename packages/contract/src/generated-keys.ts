import { z } from 'zod';
import { line, timestamp, wholeNumber } from './fields.ts';
import { fault } from './messages/faults.ts';
import { operation } from './operation.ts';

const body = z.strictObject({
  algorithm: z.enum(['ed25519', 'ecdsa', 'rsa']),
  bits: wholeNumber(256, 8192)
    .optional()
    .meta({ description: 'RSA 2048–8192, 3072 by default; ECDSA 256, 384 or 521' }),
  comment: line(0, 255).optional(),
  passphrase: z
    .string()
    .max(255, fault('too_many_characters', { most: 255 }))
    .refine((value) => value.isWellFormed(), fault('lone_surrogates'))
    .optional()
    .meta({ writeOnly: true, description: 'Encrypts the key, and is stored with it' }),
});
export type GenerateKeyBody = z.output<typeof body>;

export const generateKey = operation({
  id: 'identities.generateKey',
  method: 'POST',
  path: '/api/identity/generate-key',
  summary: 'Make a private key that never leaves the server',
  description:
    'The handle works once, for 15 minutes, for you alone: send it as `generatedKey` where an identity takes `sshKey`.',
  access: { kind: 'bearer', scope: 'identities:write' },
  body,
  hasOneTimeAnswer: true,
  result: z.object({
    publicKey: z.string().meta({ description: 'The line for authorized_keys' }),
    algorithm: z.string(),
    bits: z.number().int(),
    fingerprint: z.string(),
    handle: z.string(),
    expiresAt: timestamp,
  }),
  errors: ['quota_exceeded', 'too_many_requests', 'unavailable'],
});
