import { z } from 'zod';
import { hostKeyPolicySchema } from './entry-config.ts';
import { id, line, message, paragraph, pathId, timestamp } from './fields.ts';
import { fault } from './messages/faults.ts';
import { operation, type Access } from './operation.ts';
import { permissionSchema } from './permissions.ts';

const read: Access = { kind: 'bearer', scope: 'organizations:read' };
const write: Access = { kind: 'bearer', scope: 'organizations:write' };

const rowId = z.int().positive();
const role = z.enum(['owner', 'member']);
const byId = z.object({ id: pathId });
const memberPath = z.object({ id: pathId, accountId: pathId });
const done = message.extend({ success: z.literal(true) });

const name = line(1, 100);
const description = paragraph(500);

/** An organization as one of its active members sees it. */
export const organizationSchema = z
  .object({
    id: rowId,
    name: z.string(),
    description: z.string().nullable(),
    role: role.meta({ description: "The caller's" }),
    isOwner: z.boolean(),
    permissions: z.array(permissionSchema).meta({ description: 'What the caller may do there, as it is in force' }),
    defaultIdentityId: rowId.nullable().meta({ description: 'Inherited by entries that name no identity' }),
    hostKeyPolicy: hostKeyPolicySchema
      .nullable()
      .meta({ description: 'Inherited by entries where neither they nor a folder above them say otherwise' }),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Organization' });
export type Organization = z.output<typeof organizationSchema>;

export const listOrganizations = operation({
  id: 'organization.list',
  method: 'GET',
  path: '/api/organization',
  summary: 'List the organizations in which the caller is an active member',
  access: read,
  result: z.array(organizationSchema),
});

export const createOrganization = operation({
  id: 'organization.create',
  method: 'PUT',
  path: '/api/organization',
  summary: 'Create an organization, owned by the caller',
  access: write,
  body: z.strictObject({ name, description: description.optional() }),
  status: 201,
  example: { name: 'Ops', description: 'The operations team' },
  result: organizationSchema,
  errors: ['quota_exceeded'],
});

export const getOrganization = operation({
  id: 'organization.get',
  method: 'GET',
  path: '/api/organization/:id',
  summary: 'Read an organization',
  access: read,
  params: byId,
  result: organizationSchema,
  errors: ['not_found'],
});

export const updateOrganization = operation({
  id: 'organization.update',
  method: 'PATCH',
  path: '/api/organization/:id',
  summary: 'Change an organization',
  description:
    'For its owner and members with `org.manage`; the default identity asks for `identities.manage` as well, the host-key policy for `resources.manage`. An empty description clears it.',
  access: write,
  params: byId,
  body: z
    .strictObject({
      name: name.optional(),
      description: description.optional(),
      defaultIdentityId: id.nullable().optional(),
      hostKeyPolicy: hostKeyPolicySchema.nullable().optional(),
    })
    .refine((body) => Object.keys(body).length > 0, fault('no_field_named')),
  result: organizationSchema,
  errors: ['not_found', 'forbidden'],
});

export const deleteOrganization = operation({
  id: 'organization.delete',
  method: 'DELETE',
  path: '/api/organization/:id',
  summary: 'Delete an organization with its identities, entries, folders and memberships',
  description:
    'For its owner. Permanent: the key under which its secrets are sealed is destroyed. The audit log stays.',
  access: write,
  params: byId,
  result: z.object({ success: z.literal(true) }),
  errors: ['not_found', 'forbidden'],
});

export const listMembers = operation({
  id: 'organization.members',
  method: 'GET',
  path: '/api/organization/:id/members',
  summary: 'List the members of an organization, invited ones too',
  access: read,
  params: byId,
  result: z.array(
    z.object({
      accountId: rowId,
      name: z.string(),
      username: z.string(),
      role,
      status: z.enum(['pending', 'active']),
    }),
  ),
  errors: ['not_found'],
});

export const inviteMember = operation({
  id: 'organization.invite',
  method: 'POST',
  path: '/api/organization/:id/invite',
  summary: 'Invite an account into an organization',
  description: 'For its owner and members with `org.members.manage`.',
  access: write,
  params: byId,
  body: z.strictObject({ username: z.string().min(1).max(255) }),
  example: { username: 'ben' },
  result: done,
  errors: ['quota_exceeded', 'not_found', 'forbidden', 'conflict'],
});

export const removeMember = operation({
  id: 'organization.removeMember',
  method: 'DELETE',
  path: '/api/organization/:id/members/:accountId',
  summary: 'Remove a member, or withdraw an invitation',
  description:
    'For the owner and members with `org.members.manage`. Live sessions of the removed member on servers of the organization end, and links of personal identities on its entries go. The owner cannot be removed.',
  access: write,
  params: memberPath,
  result: done,
  errors: ['not_found', 'forbidden'],
});

export const listInvitations = operation({
  id: 'organization.invitations',
  method: 'GET',
  path: '/api/organization/invitations/pending',
  summary: "List the caller's unanswered invitations",
  access: read,
  result: z.array(
    z.object({
      organizationId: rowId,
      organization: z.object({ id: rowId, name: z.string(), description: z.string().nullable() }),
      invitedBy: z.object({ id: rowId, name: z.string(), username: z.string() }).nullable(),
      createdAt: timestamp,
    }),
  ),
});

export const respondToInvitation = operation({
  id: 'organization.respond',
  method: 'POST',
  path: '/api/organization/invitations/:organizationId/respond',
  summary: 'Accept or decline an invitation',
  access: write,
  params: z.object({ organizationId: pathId }),
  body: z.strictObject({ accept: z.boolean() }),
  result: done,
  errors: ['not_found'],
});

export const leaveOrganization = operation({
  id: 'organization.leave',
  method: 'POST',
  path: '/api/organization/:id/leave',
  summary: 'Leave an organization',
  description: 'For members; its owner hands it over or deletes it.',
  access: write,
  params: byId,
  result: done,
  errors: ['not_found', 'forbidden'],
});

export const handOverOrganization = operation({
  id: 'organization.handOver',
  method: 'PATCH',
  path: '/api/organization/:id/owner',
  summary: 'Hand an organization over to another active member',
  description: 'For its owner, who stays as an ordinary member.',
  access: write,
  params: byId,
  body: z.strictObject({ accountId: id }),
  result: organizationSchema,
  errors: ['quota_exceeded', 'not_found', 'forbidden'],
});

const setting = z.enum(['allow', 'deny', 'neutral']);

/** The owner's override of each permission of a member; `neutral` is the default of the member's role. */
const memberPermissions = z.object({ permissions: z.record(permissionSchema, setting) });
export type MemberPermissions = z.output<typeof memberPermissions>['permissions'];

export const getMemberPermissions = operation({
  id: 'organization.permissions',
  method: 'GET',
  path: '/api/organization/:id/members/:accountId/permissions',
  summary: "Read what the owner changed of a member's permissions",
  access: read,
  params: memberPath,
  result: memberPermissions,
  errors: ['not_found', 'forbidden'],
});

export const setMemberPermissions = operation({
  id: 'organization.setPermissions',
  method: 'PUT',
  path: '/api/organization/:id/members/:accountId/permissions',
  summary: "Set a member's permissions",
  description:
    'For the owner. Replaces all: what is left out becomes `neutral`. A live session that rests on a permission which is lost ends.',
  access: write,
  params: memberPath,
  body: z.strictObject({ permissions: z.partialRecord(permissionSchema, setting) }),
  result: memberPermissions,
  errors: ['not_found', 'forbidden'],
});
