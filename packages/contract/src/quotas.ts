import { z } from 'zod';

/** The quotas, by the settings that change them. */
export const quotaSettings = [
  'SERVERS_PER_ACCOUNT',
  'SERVERS_PER_ORGANIZATION',
  'SERVERS_PER_IMPORT',
  'FOLDERS_PER_ACCOUNT',
  'FOLDERS_PER_ORGANIZATION',
  'IDENTITIES_PER_ACCOUNT',
  'IDENTITIES_PER_ORGANIZATION',
  'PENDING_KEYS_PER_ACCOUNT',
  'HOST_KEYS_PER_SERVER',
  'API_KEYS_PER_ACCOUNT',
  'ORGANIZATIONS_PER_ACCOUNT',
  'MEMBERS_PER_ORGANIZATION',
  'REGISTERED_ACCOUNTS',
] as const;
export type QuotaSetting = (typeof quotaSettings)[number];

/** The quota that refused a request. */
export const quotaSchema = z.object({ setting: z.enum(quotaSettings), limit: z.number().int() }).meta({ id: 'Quota' });
