import { z } from 'zod';
import { auditOutcomes } from './audit-names.ts';
import { cursor, id, pageLimit, timestamp, wholeNumber } from './fields.ts';
import { coded } from './messages/answer-fields.ts';
import { fault } from './messages/faults.ts';
import { operation, type Access } from './operation.ts';

const read: Access = { kind: 'bearer', scope: 'audit:read' };

/** A time, or a whole day in UTC. */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: fault('date_malformed'),
});

const filter = z.strictObject({
  organizationId: z
    .union([id, z.literal('personal')], { error: fault('organization_filter_malformed') })
    .optional()
    .meta({ description: 'What happened in that organization, or what the caller did outside of any' }),
  action: z
    .string()
    .max(100)
    .regex(/^[\w.-]*\*?[\w.-]*$/, fault('action_pattern_malformed'))
    .optional()
    .meta({
      description:
        'An action; one * stands for any characters: `identity.*`. Entries of a renamed action are found by its old and by its new name: `key.*` finds `api-key.*`, `generated-key.*` and `host-key.*`, too',
    }),
  resource: z.string().max(100).optional(),
  actor: z.string().max(255).optional().meta({ description: 'A username, without regard to case' }),
  outcome: z.enum(auditOutcomes).optional(),
  startDate: moment.optional().meta({ description: 'From this moment or the beginning of this day on' }),
  endDate: moment.optional().meta({ description: 'Up to this moment or the end of this day' }),
});
export type AuditFilter = z.output<typeof filter>;

/** One entry of the audit log. Details contain names, ids and versions, never the value of a secret. */
export const auditEntrySchema = z
  .object({
    id: z.int().positive(),
    seq: z.int().positive().meta({ description: 'The place in the chain, without gaps' }),
    accountId: z.int().positive().nullable(),
    actor: z.string(),
    organizationId: z.int().positive().nullable(),
    action: z.string(),
    resource: z.string(),
    resourceId: z.int().nullable(),
    resourceName: z.string().nullable(),
    outcome: z
      .string()
      .meta({ description: '`ok`, `failed`, `denied`, or `started` for what an entry of its own ends' }),
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    timestamp,
    details: z.unknown(),
    hash: z.string().meta({ description: 'SHA-256 in hex over this entry and the hash of the one before it' }),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.output<typeof auditEntrySchema>;

export const listAuditLogs = operation({
  id: 'audit.list',
  method: 'GET',
  path: '/api/audit/logs',
  summary: 'List audit entries, newest first',
  description:
    'What the caller did, without refused attempts on what the caller cannot see, and everything in organizations where the caller holds `org.audit.view`. Administrators also see what belongs to no account and no organization, such as failed sign-ins. A filter for an organization that the caller does not see finds nothing.',
  access: read,
  query: filter
    .extend({
      limit: pageLimit.optional(),
      cursor: cursor.optional(),
      offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional().meta({
        description:
          'How many of the newest entries to leave out. New entries move what it leads to; `cursor` does not',
      }),
    })
    .refine(({ cursor: from, offset }) => from === undefined || offset === undefined, {
      error: fault('cursor_and_offset'),
      path: ['offset'],
    }),
  result: z.object({
    logs: z.array(auditEntrySchema),
    total: z.int().nonnegative().meta({ description: 'How many match, on all pages' }),
    nextCursor: z.string().nullable(),
  }),
});

export const auditMetadata = operation({
  id: 'audit.metadata',
  method: 'GET',
  path: '/api/audit/metadata',
  summary: 'What the newest entries that the caller sees can be filtered by',
  access: read,
  result: z.object({
    actions: z.array(z.object({ value: z.string(), category: z.string() })),
    actionCategories: z.array(z.object({ key: z.string(), label: z.string() })).meta({
      description: 'The categories of these actions, with English labels; `key` and `.*` filter for all of one',
    }),
    resources: z.array(
      z.object({
        key: z.string().meta({ description: 'The same as `value`' }),
        value: z.string(),
        label: z.string().meta({ description: 'In English' }),
      }),
    ),
    actors: z.array(z.object({ value: z.string() })),
  }),
});

export const exportAuditLogs = operation({
  id: 'audit.export',
  method: 'GET',
  path: '/api/audit/export',
  summary: 'Export audit entries as JSON lines, oldest first',
  description:
    'The same filters and the same entries as the list, up to the one before the export, which is recorded itself.',
  access: read,
  headers: { sends: ['Content-Disposition'] },
  query: filter,
  mediaType: 'application/x-ndjson; charset=utf-8',
  result: z.string(),
});

/** How the log compares with the file of checkpoints. */
export const checkpointComparisons = ['match', 'mismatch', 'forged', 'none'] as const;

/** The result of verifying the audit log. */
export const auditReportSchema = z
  .object({
    ok: z.boolean().meta({ description: 'The chain is whole, and there were checkpoints, which all match' }),
    entries: z.int().nonnegative().meta({ description: 'How many entries from the first on are in order' }),
    firstBad: z.int().positive().nullable().meta({ description: 'The first entry that is missing or was changed' }),
    problem: z.string().nullable(),
    ...coded('problem'),
    checkpoints: z.object({
      comparison: z.enum(checkpointComparisons).meta({
        description:
          '`match`; `mismatch`: the log is not the one of a checkpoint; `forged`: the file holds notes that this installation did not sign; `none`: there was nothing to compare with',
      }),
      compared: z.int().nonnegative().meta({ description: 'How many checkpoints there were' }),
      newest: z.int().nonnegative().meta({ description: 'How many entries the longest checkpoint covers' }),
      forged: z.int().nonnegative().meta({ description: 'How many notes this installation did not sign' }),
    }),
  })
  .meta({ id: 'AuditReport' });

export const verifyAuditLog = operation({
  id: 'audit.verify',
  method: 'GET',
  path: '/api/audit/verify',
  summary: 'Recompute the whole chain and compare it with the kept checkpoints',
  description:
    'For administrators. Reads every entry; calls that come meanwhile share the answer. Without checkpoints to compare the log with, `ok` is false and `firstBad` is null.',
  access: read,
  result: auditReportSchema,
  errors: ['forbidden'],
});

export const auditCheckpoint = operation({
  id: 'audit.checkpoint',
  method: 'GET',
  path: '/api/audit/checkpoint',
  summary: 'A signed statement of how long the log is and how it ends',
  description: 'For administrators, to be kept elsewhere: with it, a log that was cut off later is found out.',
  access: read,
  result: z.object({
    note: z.string().meta({ description: 'A C2SP signed note' }),
    verifierKey: z.string().meta({ description: 'The key that checks it' }),
  }),
  errors: ['forbidden'],
});
