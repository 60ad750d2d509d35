import { z } from 'zod';

/** The permissions in an organization. A member has all but the `org.*` ones, unless the owner denies one. */
export const permissions = [
  'identities.manage',
  'resources.manage',
  'connect.ssh',
  'connect.rdp',
  'connect.vnc',
  'connect.tunnel',
  'files.view',
  'files.upload',
  'files.download',
  'files.modify',
  'snippets.manage',
  'scripts.manage',
  'scripts.execute',
  'audit.view',
  'org.manage',
  'org.members.manage',
  'org.audit.view',
] as const;

/** See `permissions`. */
export const permissionSchema = z.enum(permissions);
export type Permission = z.output<typeof permissionSchema>;
