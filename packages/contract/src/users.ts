import { z } from 'zod';
import { apiKey, password, personName, username } from './accounts.ts';
import { line, message, pageLimit, pathId, timestamp, wholeNumber } from './fields.ts';
import { fault } from './messages/faults.ts';
import { operation } from './operation.ts';

const params = z.object({ id: pathId });
const maxOffset = 1_000_000;

export const listUsers = operation({
  id: 'user.list',
  method: 'GET',
  path: '/api/users/list',
  summary: 'List the accounts of this server (administrators)',
  description: 'Ordered by id; `limit` is 50 unless given. `total` counts all that match `search`.',
  access: { kind: 'bearer', scope: 'users:read' },
  query: z.strictObject({
    search: line(0, 100).optional(),
    limit: pageLimit.optional(),
    offset: wholeNumber(0, maxOffset).optional(),
  }),
  result: z.object({
    users: z.array(
      z.object({
        id: z.number().int(),
        username: z.string(),
        firstName: z.string(),
        lastName: z.string(),
        isAdmin: z.boolean(),
        disabled: z.boolean(),
        totpEnabled: z.boolean(),
        createdAt: timestamp,
      }),
    ),
    total: z.number().int(),
  }),
  errors: ['forbidden'],
});

export const createUser = operation({
  id: 'user.create',
  method: 'PUT',
  path: '/api/users',
  summary: 'Make an account (administrators)',
  access: { kind: 'bearer', scope: 'users:write' },
  body: z.strictObject({ username, password, firstName: personName, lastName: personName }),
  result: z.object({ id: z.number().int(), ...message.shape }),
  errors: ['forbidden', 'conflict'],
});

export const deleteUser = operation({
  id: 'user.delete',
  method: 'DELETE',
  path: '/api/users/:id',
  summary: 'Delete an account with its personal identities and entries (administrators)',
  description: 'Refused for the last administrator and for the owner of an organization, who must hand it over first.',
  access: { kind: 'bearer', scope: 'users:write' },
  params,
  result: message,
  errors: ['forbidden', 'not_found', 'conflict'],
});

export const resetUserPassword = operation({
  id: 'user.resetPassword',
  method: 'PATCH',
  path: '/api/users/:id/password',
  summary: 'Set the password of an account and end its sessions and API keys (administrators)',
  access: { kind: 'session' },
  params,
  body: z.strictObject({ password }),
  result: message,
  errors: ['forbidden', 'not_found', 'conflict'],
});

export const updateUser = operation({
  id: 'user.update',
  method: 'PATCH',
  path: '/api/users/:id',
  summary: 'Disable an account, or make it an administrator (administrators)',
  description:
    'Disabling ends the sessions of the account and deletes its API keys. The last administrator stays one. `isAdmin` needs a session: an API key cannot give more than it has.',
  access: { kind: 'bearer', scope: 'users:write' },
  params,
  body: z
    .strictObject({ disabled: z.boolean().optional(), isAdmin: z.boolean().optional() })
    .refine(({ disabled, isAdmin }) => disabled !== undefined || isAdmin !== undefined, fault('nothing_to_change')),
  result: message,
  errors: ['forbidden', 'not_found', 'conflict'],
});

export const listUserApiKeys = operation({
  id: 'user.listApiKeys',
  method: 'GET',
  path: '/api/users/:id/api-keys',
  summary: 'List the API keys of an account (administrators)',
  access: { kind: 'session' },
  params,
  result: z.array(apiKey),
  errors: ['forbidden', 'not_found'],
});

export const deleteUserApiKey = operation({
  id: 'user.deleteApiKey',
  method: 'DELETE',
  path: '/api/users/:id/api-keys/:keyId',
  summary: 'Delete an API key of an account; it ends at once (administrators)',
  access: { kind: 'session' },
  params: z.object({ id: pathId, keyId: pathId }),
  result: message,
  errors: ['forbidden', 'not_found'],
});
