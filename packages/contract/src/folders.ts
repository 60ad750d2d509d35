import { z } from 'zod';
import { treeSchema } from './entries.ts';
import { hostKeyPolicySchema } from './entry-config.ts';
import { id, line, message, pathId, wholeNumber } from './fields.ts';
import { fault } from './messages/faults.ts';
import { operation } from './operation.ts';

const params = z.object({ folderId: pathId });

const fields = {
  name: line(1, 50),
  parentId: id.nullable().optional(),
  organizationId: id.nullable().optional(),
  position: wholeNumber(0, 2 ** 31 - 1).optional(),
  defaultIdentityId: id
    .nullable()
    .optional()
    .meta({ description: 'What entries without an identity of their own log in with' }),
  hostKeyPolicy: hostKeyPolicySchema.nullable().optional(),
};

const createSchema = z.strictObject(fields).meta({ id: 'CreateFolder' });
export type CreateFolder = z.output<typeof createSchema>;

const updateSchema = z
  .strictObject({ ...fields, name: fields.name.optional() })
  .refine((body) => Object.keys(body).length > 0, fault('nothing_changed'))
  .meta({ id: 'UpdateFolder' });
export type UpdateFolder = z.output<typeof updateSchema>;

export const listFolders = operation({
  id: 'folder.list',
  method: 'GET',
  path: '/api/folder/list',
  summary: 'Your folders and those of your organizations, as a tree',
  access: { kind: 'bearer', scope: 'folders:read' },
  headers: { reads: ['If-None-Match'], sends: ['ETag'] },
  result: treeSchema,
});

export const createFolder = operation({
  id: 'folder.create',
  method: 'PUT',
  path: '/api/folder',
  summary: 'Add a folder',
  access: { kind: 'bearer', scope: 'folders:write' },
  body: createSchema,
  example: { name: 'Web' },
  result: message.extend({ id: z.int() }),
  errors: ['quota_exceeded', 'forbidden'],
});

export const updateFolder = operation({
  id: 'folder.update',
  method: 'PATCH',
  path: '/api/folder/:folderId',
  summary: 'Change a folder, or move it with what is in it',
  access: { kind: 'bearer', scope: 'folders:write' },
  params,
  body: updateSchema,
  result: message,
  errors: ['quota_exceeded', 'forbidden', 'not_found'],
});

export const deleteFolder = operation({
  id: 'folder.delete',
  method: 'DELETE',
  path: '/api/folder/:folderId',
  summary: 'Remove a folder with what is in it',
  access: { kind: 'bearer', scope: 'folders:write' },
  params,
  result: message,
  errors: ['forbidden', 'not_found'],
});
