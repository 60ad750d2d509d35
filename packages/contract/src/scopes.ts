import { z } from 'zod';

/** What an API key may be allowed to do. A sign-in may do all of it. */
export const scopes = [
  'account:read',
  'audit:read',
  'connections:open',
  'connections:read',
  'entries:read',
  'entries:write',
  'folders:read',
  'folders:write',
  'identities:list',
  'identities:write',
  'organizations:read',
  'organizations:write',
  'users:read',
  'users:write',
] as const;

/** See `scopes`. */
export const scopeSchema = z.enum(scopes);
export type Scope = z.output<typeof scopeSchema>;
