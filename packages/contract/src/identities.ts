import { z } from 'zod';
import { coded } from './messages/answer-fields.ts';
import { fault } from './messages/faults.ts';
import { identityTypes } from './credential-parts/part.ts';
import { fieldsOfParts, partWarnings, withPartChecks } from './credential-parts/parts.ts';
import { cursor, id, line, message, pageLimit, pathId, timestamp } from './fields.ts';
import { operation } from './operation.ts';
import { stepSchema } from './problem.ts';

export { identityTypes, type IdentityType } from './credential-parts/part.ts';
export { identityKeySchema, type IdentityKey } from './credential-parts/ssh-key.ts';

/** The type of an identity; section 2 of the contract says which secrets each type can have. */
export const identityTypeSchema = z.enum(identityTypes);

const writable = {
  name: line(3, 255),
  type: identityTypeSchema,
  username: line(0, 255).nullable(),
  ...fieldsOfParts('writable'),
  organizationId: id,
};

const { name, type, ...optional } = writable;
const createBody = withPartChecks(z.strictObject({ name, type, ...z.object(optional).partial().shape })).meta({
  id: 'CreateIdentity',
});
export type CreateIdentityBody = z.output<typeof createBody>;

const updateBody = withPartChecks(z.strictObject(z.object(writable).partial().shape))
  .refine((body) => Object.keys(body).length > 0, fault('no_field_named'))
  .meta({ id: 'UpdateIdentity' });
export type UpdateIdentityBody = z.output<typeof updateBody>;

/** What the caller may do with an identity: what their permissions allow. API keys are limited by their scopes as well. */
const identityCanSchema = z
  .object({
    use: z.boolean().meta({ description: 'Log in to servers with it' }),
    update: z.boolean().meta({ description: 'PATCH, which can move it to another organization, too' }),
    move: z.boolean().meta({ description: 'POST …/move, which takes personal identities alone' }),
    delete: z.boolean(),
    confirm: z.boolean().meta({ description: 'Confirm that it may be used with a server' }),
  })
  .meta({
    id: 'IdentityCan',
    description: 'What your permissions allow you to do with the identity; the scopes of an API key limit it further',
  });
export type IdentityCan = z.output<typeof identityCanSchema>;

/** An identity as lists show it. */
export const identitySchema = z
  .object({
    id: z.number().int(),
    name: z.string(),
    username: z.string().nullable(),
    type: identityTypeSchema,
    organizationId: z.number().int().nullable(),
    scope: z.enum(['personal', 'organization']),
    accountId: z.number().int().nullable().meta({ description: 'The owner of a personal identity' }),
    createdAt: timestamp,
    updatedAt: timestamp,
    ...fieldsOfParts('facts'),
    ...fieldsOfParts('has'),
    ...fieldsOfParts('setAt'),
    usedBy: z.number().int().meta({ description: 'How many entries that you can see refer to it' }),
    lastUsedAt: timestamp.nullable(),
    can: identityCanSchema,
  })
  .meta({ id: 'Identity' });
export type Identity = z.output<typeof identitySchema>;

/** A problem with accepted input. With `Prefer: handling=strict` each of these is a 400 instead. */
export const warningSchema = z
  .object({
    path: z.string(),
    warning: z.enum(partWarnings),
    message: z.string(),
    ...coded('message'),
  })
  .meta({ id: 'Warning' });
export type Warning = z.output<typeof warningSchema>;

const warnings = z.array(warningSchema).optional();
const ofIdentity = z.strictObject({ identityId: pathId });
const read = { kind: 'bearer', scope: 'identities:list' } as const;
const write = { kind: 'bearer', scope: 'identities:write' } as const;
const strictnessDescription =
  'Accepts what is incomplete and says so in `warnings`; with `Prefer: handling=strict` (RFC 7240) that is a 400.';

const listQuery = z.strictObject({
  search: line(1, 255).optional().meta({ description: 'A part of the name or username' }),
  type: identityTypeSchema.optional(),
  organizationId: z.union([z.literal('personal'), id]).optional(),
  limit: pageLimit.optional(),
  cursor: cursor.optional(),
});
export type ListIdentitiesQuery = z.output<typeof listQuery>;

export const listIdentities = operation({
  id: 'identities.list',
  method: 'GET',
  path: '/api/identity/list',
  summary: 'List the identities that you can use',
  description:
    'Personal ones first, then those of your organizations; by id. Without `limit` all of them; with it, the next page is in the `Link` header (RFC 8288).',
  access: read,
  headers: { reads: ['If-None-Match'], sends: ['ETag', 'Link'] },
  query: listQuery,
  result: z.array(identitySchema),
});

export const createIdentity = operation({
  id: 'identities.create',
  method: 'PUT',
  path: '/api/identity',
  summary: 'Create an identity',
  description: strictnessDescription,
  access: write,
  headers: { reads: ['Prefer'], sends: ['Preference-Applied'] },
  body: createBody,
  example: { name: 'deploy', type: 'password', username: 'deploy', password: 'a stored secret' },
  result: z.object({ id: z.number().int(), ...message.shape, warnings }),
  errors: ['quota_exceeded', 'forbidden', 'secret_unreadable'],
});

export const getIdentity = operation({
  id: 'identities.get',
  method: 'GET',
  path: '/api/identity/:identityId',
  summary: 'Read one identity; its version is the entity tag',
  access: read,
  headers: { sends: ['ETag'] },
  params: ofIdentity,
  result: identitySchema,
  errors: ['not_found'],
});

export const updateIdentity = operation({
  id: 'identities.update',
  method: 'PATCH',
  path: '/api/identity/:identityId',
  summary: 'Change an identity, all of it or nothing',
  description: `${strictnessDescription} \`organizationId\` moves the identity. Honours If-Match.`,
  access: write,
  headers: { reads: ['If-Match', 'Prefer'], sends: ['ETag', 'Preference-Applied'] },
  params: ofIdentity,
  body: updateBody,
  example: { username: 'deploy', password: 'a newer secret' },
  result: z.object({ ...message.shape, warnings }),
  errors: ['quota_exceeded', 'not_found', 'forbidden', 'conflict', 'precondition_failed', 'secret_unreadable'],
});

export const deleteIdentity = operation({
  id: 'identities.delete',
  method: 'DELETE',
  path: '/api/identity/:identityId',
  summary: 'Delete an identity and its secrets',
  description:
    'For good: the secrets are destroyed, entries stop referring to it, sessions that were opened with it end within two seconds. Honours If-Match.',
  access: write,
  headers: { reads: ['If-Match'] },
  params: ofIdentity,
  result: message,
  errors: ['not_found', 'forbidden', 'precondition_failed'],
});

export const moveIdentity = operation({
  id: 'identities.move',
  method: 'POST',
  path: '/api/identity/:identityId/move',
  summary: 'Give a personal identity to an organization',
  access: write,
  params: ofIdentity,
  body: z.strictObject({ organizationId: id }),
  example: { organizationId: 1 },
  result: z.object({ ...message.shape, identity: identitySchema }),
  errors: ['quota_exceeded', 'not_found', 'forbidden', 'conflict', 'secret_unreadable'],
});

const usageEntrySchema = z.object({
  id: z.number().int(),
  name: z.string(),
  protocol: z.string(),
  host: z.string(),
  port: z.number().int(),
  organizationId: z.number().int().nullable(),
  position: z.number().int().meta({ description: 'The lowest is the default of that entry' }),
  lastUsedAt: timestamp.nullable(),
  lastOutcome: z.enum(['ok', 'failed']).nullable(),
});

const usageSchema = z
  .object({
    lastUsedAt: timestamp.nullable(),
    total: z.number().int().meta({ description: 'How many entries that you can see refer to it' }),
    entries: z.array(usageEntrySchema).meta({ description: 'The first 1000 of them by id' }),
  })
  .meta({ id: 'IdentityUsage' });
export type IdentityUsage = z.output<typeof usageSchema>;

export const identityUsage = operation({
  id: 'identities.usage',
  method: 'GET',
  path: '/api/identity/:identityId/usage',
  summary: 'Which entries refer to an identity, and how the last login went',
  access: read,
  params: ofIdentity,
  result: usageSchema,
  errors: ['not_found'],
});
export const testIdentity = operation({
  id: 'identities.test',
  method: 'POST',
  path: '/api/identity/:identityId/test',
  summary: 'Try to log in to an entry with an identity',
  access: { kind: 'bearer', scope: 'connections:open' },
  params: ofIdentity,
  body: z.strictObject({ entryId: id }),
  example: { entryId: 1 },
  result: z.object({ ok: z.boolean(), ...message.shape, steps: z.array(stepSchema) }),
  errors: [
    'not_found',
    'forbidden',
    'destination_denied',
    'host_key_unknown',
    'host_key_changed',
    'link_suspended',
    'credential_required',
  ],
});
