import { z } from 'zod';
import { line, message, pathId, timestamp } from './fields.ts';
import { fault } from './messages/faults.ts';
import { operation } from './operation.ts';
import { scopeSchema } from './scopes.ts';

/** A username: unique without regard to case. */
export const username = z.string().regex(/^[A-Za-z0-9._-]{3,32}$/, fault('username_malformed'));

const maxPasswordCodePoints = 255;

/**
 * The typed password of an account: 1 to 255 code points, compared in NFC so that keyboards that compose letters differently produce the same
 * password. The minimum length of a new one is a setting of the server.
 */
export const password = z
  .string()
  .min(1, fault('must_not_be_empty'))
  .max(maxPasswordCodePoints * 2, fault('too_many_characters', { most: maxPasswordCodePoints }))
  .refine((value) => value.isWellFormed(), fault('lone_surrogates'))
  .transform((value) => value.normalize('NFC'))
  .refine(
    (value) => Array.from(value).length <= maxPasswordCodePoints,
    fault('too_many_characters', { most: maxPasswordCodePoints }),
  )
  .meta({ format: 'password', minLength: 1, maxLength: maxPasswordCodePoints });

/** A first or last name: one line of 1 to 100 characters. */
export const personName = line(1, 100);

export const register = operation({
  id: 'account.register',
  method: 'POST',
  path: '/api/account/register',
  summary: 'Make an account',
  description:
    'While no account exists this makes the first one, an administrator; that needs the `setupToken` from wherever it comes: the server prints it in a link when it starts, and the file `setup-token` in its data directory holds it until it is used. Later it is refused unless the server allows self-registration.',
  access: { kind: 'none' },
  body: z.strictObject({
    username,
    password,
    firstName: personName,
    lastName: personName,
    setupToken: z.string().max(200).optional(),
  }),
  example: { username: 'anna', password: 'correct horse battery staple', firstName: 'Anna', lastName: 'Example' },
  result: message,
  errors: ['quota_exceeded', 'forbidden', 'setup_token_required', 'conflict'],
});

/** Settings of the web app and other clients; the server does not interpret them. */
const preferences = z.record(z.string(), z.unknown()).meta({ id: 'Preferences' });

export const getMe = operation({
  id: 'account.me',
  method: 'GET',
  path: '/api/account/me',
  summary: 'The account that calls',
  access: { kind: 'bearer', scope: 'account:read' },
  result: z
    .object({
      id: z.number().int(),
      username: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      totpEnabled: z.boolean(),
      isAdmin: z.boolean(),
      permissions: z.array(z.string()).meta({ description: 'Rights on the server beside those of its administrators' }),
      preferences,
      avatarHash: z.string().nullable(),
    })
    .meta({ id: 'Account' }),
});

export const searchAccounts = operation({
  id: 'account.search',
  method: 'GET',
  path: '/api/account/search',
  summary: 'Find accounts by their name, for example to invite one',
  description: 'The first 20 by username whose username, first or last name contains the text.',
  access: { kind: 'bearer', scope: 'account:read' },
  query: z.strictObject({ search: line(3, 100) }),
  result: z.array(
    z.object({ id: z.number().int(), username: z.string(), firstName: z.string(), lastName: z.string() }),
  ),
});

export const changePassword = operation({
  id: 'account.changePassword',
  method: 'PATCH',
  path: '/api/account/password',
  summary: 'Change the own password',
  description:
    'Ends all other sessions of the account, and its API keys unless `endApiKeys` is false. Wrong current passwords are counted.',
  access: { kind: 'session' },
  body: z.strictObject({
    password,
    currentPassword: password,
    endApiKeys: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether the API keys of the account end with the old password' }),
  }),
  result: message,
  errors: ['invalid_credentials', 'conflict'],
});

export const changeName = operation({
  id: 'account.changeName',
  method: 'PATCH',
  path: '/api/account/name',
  summary: 'Change the own first or last name',
  access: { kind: 'session' },
  body: z
    .strictObject({ firstName: personName.optional(), lastName: personName.optional() })
    .refine(({ firstName, lastName }) => firstName !== undefined || lastName !== undefined, fault('nothing_to_change')),
  result: message,
});

export const updatePreferences = operation({
  id: 'account.updatePreferences',
  method: 'PATCH',
  path: '/api/account/me/preferences',
  summary: 'Merge into the own preferences',
  description:
    'A JSON merge patch (RFC 7396): objects are merged, `null` removes, everything else replaces. The result has at most 16 KiB and 8 levels.',
  access: { kind: 'session' },
  body: preferences,
  result: z.object({ ...message.shape, preferences }),
});

/** An API key without its token. */
export const apiKey = z
  .object({
    id: z.number().int(),
    name: z.string(),
    keyId: z.string().meta({ description: 'The part of the key by which it can be recognized' }),
    scopes: z.array(scopeSchema),
    createdAt: timestamp,
    expiresAt: timestamp,
    lastUsedAt: timestamp.nullable(),
    lastUsedIp: z.string().nullable().meta({ description: 'The address from which it was last used' }),
  })
  .meta({ id: 'ApiKey' });

export const listApiKeys = operation({
  id: 'apiKey.list',
  method: 'GET',
  path: '/api/account/api-keys',
  summary: 'List the own API keys',
  access: { kind: 'session' },
  result: z.array(apiKey),
});

export const createApiKey = operation({
  id: 'apiKey.create',
  method: 'POST',
  path: '/api/account/api-keys',
  summary: 'Make an API key',
  description:
    'The token is in this answer and never again. A key outlives the sign-in that makes it, so this needs the current password: where it is missing or wrong the answer is `invalid_credentials`, and wrong ones are counted.',
  access: { kind: 'session' },
  body: z.strictObject({
    currentPassword: password.optional().meta({ description: 'Required; without it the answer is 401' }),
    name: line(1, 100),
    scopes: z
      .array(scopeSchema)
      .min(1)
      .transform((list) => [...new Set(list)].sort()),
    expiresAt: z.iso
      .datetime({ offset: true })
      .meta({ description: 'When the key ends: in the future, at most a year ahead' }),
  }),
  status: 201,
  hasOneTimeAnswer: true,
  example: {
    name: 'backup',
    currentPassword: 'correct horse battery staple',
    scopes: ['connections:open'],
    expiresAt: '2030-01-01T00:00:00.000Z',
  },
  result: apiKey.extend({ token: z.string(), ...message.shape }),
  errors: ['quota_exceeded', 'invalid_credentials', 'conflict'],
});

export const deleteApiKey = operation({
  id: 'apiKey.delete',
  method: 'DELETE',
  path: '/api/account/api-keys/:id',
  summary: 'Delete an API key; it ends at once',
  access: { kind: 'session' },
  params: z.object({ id: pathId }),
  result: message,
  errors: ['not_found'],
});
