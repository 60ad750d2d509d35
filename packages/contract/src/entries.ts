import { z } from 'zod';
import { entryConfigSchema } from './entry-config.ts';
import { cursor, id, line, message, pageLimit, pathId, timestamp, wholeNumber } from './fields.ts';
import { fault } from './messages/faults.ts';
import { operation } from './operation.ts';

const maxIdentities = 50;
const entryParams = z.object({ entryId: pathId });

/** The identities of an entry, in a request. */
export const linkedIdentities = z
  .array(id)
  .max(maxIdentities)
  .optional()
  .meta({ description: 'Ids of identities; the first is the default' });

const fields = {
  name: line(1, 255),
  type: z.literal('server').optional(),
  icon: line(0, 50).nullable().optional(),
  renderer: line(0, 50).nullable().optional(),
  folderId: id.nullable().optional(),
  organizationId: id.nullable().optional(),
  config: entryConfigSchema,
  identities: linkedIdentities,
  position: wholeNumber(0, 2 ** 31 - 1).optional(),
};

const createSchema = z.strictObject(fields).meta({ id: 'CreateEntry' });
export type CreateEntry = z.output<typeof createSchema>;

const updateSchema = z
  .strictObject({ ...fields, name: fields.name.optional(), config: fields.config.optional() })
  .refine((body) => Object.keys(body).length > 0, fault('nothing_changed'))
  .meta({ id: 'UpdateEntry' });
export type UpdateEntry = z.output<typeof updateSchema>;

/** The uses of servers. */
export const entryUses = ['terminal', 'exec', 'test', 'scan'] as const;
export type EntryUse = (typeof entryUses)[number];

/** What the caller may do with an entry according to their permissions. API keys are limited by their scopes as well. */
const entryCanSchema = z
  .object({
    use: z
      .array(z.enum(entryUses))
      .meta({ description: 'What they may use it for; jump hosts and identities decide, too' }),
    update: z.boolean(),
    move: z.boolean().meta({ description: 'To where they may add servers' }),
    delete: z.boolean(),
    duplicate: z.boolean(),
    manageHostKeys: z.boolean().meta({ description: 'Pin, replace and remove its host keys' }),
  })
  .meta({
    id: 'EntryCan',
    description: 'What your permissions allow you to do with the server; the scopes of an API key limit it further',
  });
export type EntryCan = z.output<typeof entryCanSchema>;

/** What the caller may do with a folder. */
const folderCanSchema = z
  .object({
    add: z.boolean().meta({ description: 'Add servers and folders to it' }),
    update: z.boolean(),
    delete: z.boolean(),
    setDefaultIdentity: z.boolean(),
  })
  .meta({ id: 'FolderCan', description: 'What your permissions allow you to do with the folder' });
export type FolderCan = z.output<typeof folderCanSchema>;

/** What the caller may do at the top level of an organization's tree. */
const organizationCanSchema = z
  .object({ add: z.boolean().meta({ description: 'Add servers and folders' }) })
  .meta({ id: 'OrganizationCan', description: 'What your permissions allow you to do in this part of the tree' });

/** An entry as lists show it. `identities` holds the ids of the links that the reader can use. */
export const entrySchema = z
  .object({
    type: z.literal('server'),
    id: z.int(),
    icon: z.string().nullable(),
    name: z.string(),
    status: z.literal('unknown').meta({ description: 'Whether the server is up; nothing watches it yet' }),
    position: z.int(),
    renderer: z.string().meta({ description: 'How clients show it; without a choice, what fits the protocol' }),
    tags: z.array(z.string()),
    identities: z.array(z.int()),
    protocol: z.string(),
    ip: z.string(),
    config: z.looseObject({ protocol: z.string(), ip: z.string(), port: z.int() }),
    folderId: z.int().nullable(),
    organizationId: z.int().nullable(),
    can: entryCanSchema,
  })
  .meta({ id: 'Entry' });
export type Entry = z.output<typeof entrySchema>;

const linkSchema = z
  .object({
    identityId: z.int(),
    position: z.int(),
    suspended: z.boolean().meta({
      description:
        'An account that does not manage the identity changed the destination or its route, or accepted its host key; a manager of the identity must confirm it',
    }),
  })
  .meta({ id: 'IdentityLink' });

const entryDetailSchema = entrySchema
  .extend({
    links: z.array(linkSchema),
    inherited: z
      .object({
        identityId: z.int(),
        from: z.enum(['folder', 'organization']),
        id: z.int(),
        suspended: z.boolean(),
      })
      .nullable()
      .meta({ description: 'The default identity of the nearest folder or of the organization' }),
    hostKeyPolicy: z.string().meta({ description: 'The policy in force, inherited or not' }),
    hostKeyPolicyChoice: z
      .object({
        from: z.enum(['entry', 'folder', 'organization', 'default']),
        id: z.int().nullable().meta({ description: 'The folder or the organization that the policy comes from' }),
        by: z
          .string()
          .nullable()
          .meta({ description: 'The username; null where it is not known or the account is gone' }),
        at: timestamp.nullable(),
      })
      .meta({
        description:
          'Who chose the policy last, or moved the server to where it holds, and when; null from before this was kept',
      }),
    binding: z.string().meta({
      description:
        'Changes with host, port, user name, jump path, pinned host keys and host-key policy; for POST …/confirm',
    }),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'EntryDetail' });
export type EntryDetail = z.output<typeof entryDetailSchema>;

/** A folder with its folders and, in the list of entries, its servers, by position. */
export const folderNodeSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    type: z.literal('folder'),
    position: z.int(),
    parentId: z.int().nullable(),
    organizationId: z.int().nullable(),
    defaultIdentityId: z.int().nullable(),
    hostKeyPolicy: z.string().nullable(),
    can: folderCanSchema,
    get entries() {
      return z.array(z.discriminatedUnion('type', [folderNodeSchema, entrySchema]));
    },
  })
  .meta({ id: 'FolderNode' });
export type FolderNode = z.output<typeof folderNodeSchema>;

const organizationNodeSchema = z
  .object({
    id: z.string().meta({ description: '`org-` and the id of the organization' }),
    name: z.string(),
    type: z.literal('organization'),
    can: organizationCanSchema,
    entries: z.array(z.discriminatedUnion('type', [folderNodeSchema, entrySchema])),
  })
  .meta({ id: 'OrganizationNode' });
export type OrganizationNode = z.output<typeof organizationNodeSchema>;

/** The caller's own things, then each organization with its things. */
export const treeSchema = z
  .array(z.discriminatedUnion('type', [folderNodeSchema, entrySchema, organizationNodeSchema]))
  .meta({ id: 'Tree' });
export type Tree = z.output<typeof treeSchema>;

const entryPageSchema = z.object({ entries: z.array(entrySchema), nextCursor: z.string().nullable() });
export type EntryPage = z.output<typeof entryPageSchema>;

const created = message.extend({ id: z.int() });

export const listEntries = operation({
  id: 'entry.list',
  method: 'GET',
  path: '/api/entry/list',
  summary: 'Your servers and those of your organizations',
  description: 'A tree of folders and organizations; with `flat=true` pages of entries by id.',
  access: { kind: 'bearer', scope: 'entries:read' },
  headers: { reads: ['If-None-Match'], sends: ['ETag'] },
  query: z.object({
    flat: z.enum(['true', 'false']).optional(),
    limit: pageLimit.default(100),
    cursor: cursor.optional(),
    search: line(0, 255).optional(),
  }),
  result: z.union([treeSchema, entryPageSchema]),
});

export const listRecentEntries = operation({
  id: 'entry.recent',
  method: 'GET',
  path: '/api/entry/recent',
  summary: 'The servers that you used last, the latest first',
  access: { kind: 'bearer', scope: 'entries:read' },
  query: z.object({ limit: wholeNumber(1, 100).default(10) }),
  result: z.array(entrySchema),
});

export const getEntry = operation({
  id: 'entry.get',
  method: 'GET',
  path: '/api/entry/:entryId',
  summary: 'One server; its version is the entity tag',
  access: { kind: 'bearer', scope: 'entries:read' },
  headers: { sends: ['ETag'] },
  params: entryParams,
  result: entryDetailSchema,
  errors: ['not_found'],
});

export const createEntry = operation({
  id: 'entry.create',
  method: 'PUT',
  path: '/api/entry',
  summary: 'Add a server',
  access: { kind: 'bearer', scope: 'entries:write' },
  body: createSchema,
  example: { name: 'web-1', type: 'server', identities: [1], config: { protocol: 'ssh', ip: '192.0.2.7', port: 22 } },
  result: created,
  errors: ['quota_exceeded', 'forbidden'],
});

export const updateEntry = operation({
  id: 'entry.update',
  method: 'PATCH',
  path: '/api/entry/:entryId',
  summary: 'Change a server',
  description:
    '`config` is replaced as a whole; `identities` replaces the links that you can see and keeps the others. Honours If-Match.',
  access: { kind: 'bearer', scope: 'entries:write' },
  headers: { reads: ['If-Match'], sends: ['ETag'] },
  params: entryParams,
  body: updateSchema,
  example: { name: 'web-2' },
  result: message,
  errors: ['quota_exceeded', 'forbidden', 'not_found', 'precondition_failed'],
});

export const deleteEntry = operation({
  id: 'entry.delete',
  method: 'DELETE',
  path: '/api/entry/:entryId',
  summary: 'Remove a server; its live sessions end',
  description: 'Honours If-Match.',
  access: { kind: 'bearer', scope: 'entries:write' },
  headers: { reads: ['If-Match'] },
  params: entryParams,
  result: message,
  errors: ['forbidden', 'not_found', 'precondition_failed'],
});

export const duplicateEntry = operation({
  id: 'entry.duplicate',
  method: 'POST',
  path: '/api/entry/:entryId/duplicate',
  summary: 'Copy a server with the identities that you can use and its pinned host keys',
  access: { kind: 'bearer', scope: 'entries:write' },
  params: entryParams,
  result: created,
  errors: ['quota_exceeded', 'forbidden', 'not_found'],
});

const repositionSchema = z
  .strictObject({
    folderId: id.nullable().optional(),
    organizationId: id.nullable().optional(),
    targetId: id.nullable().optional().meta({ description: 'The entry to stand beside; without it, the last place' }),
    placement: z.enum(['before', 'after']).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, fault('place_missing'));
export type RepositionEntry = z.output<typeof repositionSchema>;

export const repositionEntry = operation({
  id: 'entry.reposition',
  method: 'PATCH',
  path: '/api/entry/:entryId/reposition',
  summary: 'Put a server into a folder, beside another server',
  description: 'Honours If-Match.',
  access: { kind: 'bearer', scope: 'entries:write' },
  headers: { reads: ['If-Match'], sends: ['ETag'] },
  params: entryParams,
  body: repositionSchema,
  result: message,
  errors: ['quota_exceeded', 'forbidden', 'not_found', 'precondition_failed'],
});

const confirmSchema = z.strictObject({ binding: z.string().max(64).optional() }).nullish();

export const confirmLink = operation({
  id: 'entry.confirm-identity',
  method: 'POST',
  path: '/api/entry/:entryId/identities/:identityId/confirm',
  summary: 'Allow an identity to be used with a server as the server is now',
  description:
    'For who manages the identity. With `binding` as GET /api/entry/:entryId showed it, the answer is 409 if the server changed since.',
  access: { kind: 'bearer', scope: 'identities:write' },
  params: z.object({ entryId: pathId, identityId: pathId }),
  body: confirmSchema,
  result: message,
  errors: ['forbidden', 'not_found', 'conflict'],
});
