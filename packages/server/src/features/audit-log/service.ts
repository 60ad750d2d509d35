import { Readable } from 'node:stream';
import { auditCategories, auditResources, categoryOf, currentAction, labelIn } from '@gatehouse/contract/audit-names';
import type { auditMetadata, AuditFilter, listAuditLogs } from '@gatehouse/contract/audit';
import type { z } from 'zod';
import type { Checkpoints } from '../../audit/checkpoints.ts';
import type { Change } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Db } from '../../kernel/db/database.ts';
import type { Rights } from '../../kernel/rights.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { exportLines } from './export.ts';
import { positionAt, readPage } from './pages.ts';
import { presentEntry } from './present.ts';
import { headOf, valuesIn } from './repository.ts';
import { select, type Selection } from './selection.ts';
import { createCountIndexes } from './count-index.ts';
import { recordExport } from './audit-events.ts';
import { createVerification } from './verification.ts';

type Query = z.output<typeof listAuditLogs.query>;

const defaultLimit = 100;
/** How many of the newest entries per partition are searched for filter values. */
const newestForMetadata = 5_000;

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly rightsOf: (db: Db, accountId: number) => Promise<Rights>;
  readonly checkpoints: Pick<Checkpoints, 'make' | 'collected' | 'verifierKey'>;
}

export type AuditLog = ReturnType<typeof createAuditLog>;

/** Reads the part of the audit log that the caller may see (see `select`); only administrators verify it. */
export function createAuditLog({ database, change, rightsOf, checkpoints }: Dependencies) {
  const surveys = createCountIndexes(database.read);
  const selectionOf = async (caller: Caller, filter: AuditFilter): Promise<Selection> =>
    select(caller, await rightsOf(database.read, caller.accountId), filter);

  return {
    /** Newest first. New entries do not shift later pages. Throws `invalid_request` for a cursor of another list. */
    async list(
      caller: Caller,
      { limit = defaultLimit, cursor, offset = 0, ...filter }: Query,
    ): Promise<z.input<typeof listAuditLogs.result>> {
      const selection = await selectionOf(caller, filter);
      const head = await headOf(database.read);
      const survey = await surveys.survey(selection, head);
      const newest =
        cursor === undefined ? await positionAt(database.read, selection, survey, offset) : decodeCursor(cursor);
      const rows = await readPage(database.read, selection, survey, { newest, limit: limit + 1 });
      const next = rows[limit];
      return {
        logs: rows.slice(0, limit).map(presentEntry),
        total: survey.total,
        nextCursor: next === undefined ? null : encodeCursor(next.seq),
      };
    },

    /** The values among the newest entries of each partition, so that the cost does not grow with the log. */
    async metadata(caller: Caller): Promise<z.input<typeof auditMetadata.result>> {
      const { slices } = await selectionOf(caller, {});
      const rows = [];
      for (const slice of slices) rows.push(...(await valuesIn(database.read, slice, newestForMetadata)));
      const actions = sorted(rows.map(({ action }) => currentAction(action)));
      return {
        actions: actions.map((value) => ({ value, category: categoryOf(value) })),
        actionCategories: sorted(actions.map(categoryOf)).map((key) => ({ key, label: labelIn(auditCategories, key) })),
        resources: sorted(rows.map(({ resource }) => resource)).map((value) => ({
          key: value,
          value,
          label: labelIn(auditResources, value),
        })),
        actors: sorted(rows.map(({ actor }) => actor)).map((value) => ({ value })),
      };
    },

    /** Lines of JSON, oldest first, read while the stream is consumed; recorded before the first line is sent. */
    async export(caller: Caller, filter: AuditFilter): Promise<Readable> {
      const selection = await selectionOf(caller, filter);
      const head = await change(caller, async (unit) => {
        const newest = await headOf(unit.trx);
        await recordExport(unit, selection, filter);
        return newest;
      });
      return Readable.from(exportLines(database.read, selection, head), { objectMode: false });
    },

    ...createVerification({ database, change, checkpoints }),
  };
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
