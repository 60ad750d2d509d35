import { z } from 'zod';
import { directSecret, secretText, setAt, type CredentialPart } from './part.ts';

/** A password. */
export const passwordPart = {
  id: 'password',
  types: ['password', 'both', 'password-only'],
  secrets: ['password'],
  writable: { password: secretText(1) },
  checks: [],
  direct: { password: directSecret() },
  facts: {},
  has: { hasPassword: z.boolean() },
  setAt: { passwordSetAt: setAt('password') },
  missing: 'password_missing',
  findings: [],
} as const satisfies CredentialPart;
