import { z } from 'zod';
import { auditReportSchema } from './audit.ts';
import { timestamp } from './fields.ts';
import { operation } from './operation.ts';

/** A bare boolean, as existing clients expect. */
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

/** The content of a recovery kit; it contains no secret. */
export const recoveryKitSchema = z
  .object({
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
  })
  .meta({ id: 'RecoveryKit' });
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

const secretFaults = ['unreadable', 'older', 'destroyed', 'unrecorded', 'missing'] as const;

const secretProblemSchema = z.object({
  rows: z
    .string()
    .meta({ description: 'Which kind of row: `identity`, `generated-key`, `owner-key`, `system-secret`' }),
  rowId: z.string().meta({ description: 'The id of the row: of the identity, for example' }),
  field: z.string(),
  fault: z.enum(secretFaults).meta({
    description:
      '`unreadable`: it does not open in its place. It opens, and the audit log knows `older`: a newer version; `destroyed`: that it was destroyed; `unrecorded`: nothing of this version. `missing`: the audit log knows a version, and none is stored',
  }),
});
export type ShownSecretProblem = z.output<typeof secretProblemSchema>;

/** The result of verifying the stored data; it contains no secret. */
export const dataReportSchema = z
  .object({
    result: z.enum(['ok', 'problems', 'incomplete']).meta({
      description:
        '`ok`: everything was compared and fits; `problems`: something does not; `incomplete`: what was compared fits, and there were no checkpoints to compare the audit log with',
    }),
    secrets: z.object({
      opened: z.int().nonnegative().meta({ description: 'How many stored secrets opened' }),
      problems: z.array(secretProblemSchema).meta({ description: 'The first of them' }),
      problemCount: z.int().nonnegative(),
    }),
    audit: auditReportSchema,
  })
  .meta({ id: 'DataReport' });
export type DataReport = z.output<typeof dataReportSchema>;

export const verifyData = operation({
  id: 'service.verify',
  method: 'POST',
  path: '/api/service/verify',
  summary: 'Open every stored secret, compare versions with the audit log, and verify that log (administrators)',
  description:
    'Changes nothing but the audit log, which records the result. Takes as long as the data are many, ten minutes at most; calls that come meanwhile share the answer. The command `verify` does the same (docs/operations.md).',
  access: { kind: 'session' },
  result: dataReportSchema,
  errors: ['forbidden', 'timed_out'],
});
