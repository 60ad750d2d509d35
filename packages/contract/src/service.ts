import { z } from 'zod';
import { timestamp } from './fields.ts';
import { operation } from './operation.ts';

/** A bare boolean, as existing clients read it. */
export const isFirstRun = operation({
  id: 'service.isFirstRun',
  method: 'GET',
  path: '/api/service/is-fts',
  summary: 'Whether no account exists yet, so that the first one can be registered',
  access: { kind: 'none' },
  result: z.boolean(),
});

export const getVersion = operation({
  id: 'service.version',
  method: 'GET',
  path: '/api/service/version',
  summary: 'The version of this server',
  access: { kind: 'none' },
  result: z.object({ version: z.string() }),
});

/** What a recovery kit says; it holds no secret. */
export const recoveryKitSchema = z.object({
  version: z.string().meta({ description: 'Of this server' }),
  dataDir: z.string(),
  database: z.enum(['sqlite', 'postgres']),
  key: z.object({
    source: z.enum(['file', 'environment']),
    path: z.string().nullable().meta({ description: 'Of the key file' }),
    fingerprint: z.string().meta({
      description:
        '32 hexadecimal digits that tell nothing of the key; docs/operations.md says how to compute them of a copy',
    }),
  }),
  createdAt: timestamp.meta({ description: 'When this kit was made' }),
});
export type RecoveryKit = z.output<typeof recoveryKitSchema>;

export const getRecoveryKit = operation({
  id: 'service.recoveryKit',
  method: 'GET',
  path: '/api/service/recovery-kit',
  summary: 'Where data and master key lie, and by what a copy of the key is recognized (administrators)',
  description: 'The key itself is never told. Reading it is recorded in the audit log.',
  access: { kind: 'session' },
  result: recoveryKitSchema,
  errors: ['forbidden'],
});
