import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Db } from '../kernel/db/database.ts';

const entriesPerPage = 500;

/** The details of an audit entry that contain the versions of written secrets (docs/formats/audit.md). */
const detailsSchema = z.object({ secretVersions: z.record(z.string(), z.number().int().nullable()).default({}) });

/** The newest recorded version of each secret, by row and field; null if it was destroyed. */
export type RecordedVersions = ReadonlyMap<number, Readonly<Record<string, number | null>>>;

interface Range {
  /** Entries after this number… */
  readonly after: number;
  /** …and up to this one. */
  readonly upTo: number;
}

/** The number of the newest audit entry; 0 for an empty log. */
export async function newestEntry(db: Db): Promise<number> {
  const newest = await db.selectFrom('audit_log').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return newest?.seq ?? 0;
}

/** The recorded versions of the secrets of a resource, last written ones at the end. Details that no version of this program wrote are skipped. */
export async function readRecordedVersions(
  db: Db,
  resource: string,
  { after, upTo }: Range,
  signal?: AbortSignal,
): Promise<RecordedVersions> {
  const versions = new Map<number, Record<string, number | null>>();
  for (let from = after; from < upTo; from += entriesPerPage) {
    const page = await db
      .selectFrom('audit_log')
      .select(['resource_id', 'details'])
      .where('seq', '>', from)
      .where('seq', '<=', Math.min(from + entriesPerPage, upTo))
      .where('resource', '=', resource)
      .orderBy('seq')
      .execute();
    for (const { resource_id, details } of page) {
      const written = versionsIn(details);
      if (resource_id === null || Object.keys(written).length === 0) continue;
      const before = versions.get(resource_id);
      // Deleted first, so that the last written one comes last.
      versions.delete(resource_id);
      versions.set(resource_id, { ...before, ...written });
    }
    await setImmediate(undefined, { signal });
  }
  return versions;
}

function versionsIn(details: string): Record<string, number | null> {
  if (!details.includes('"secretVersions"')) return {};
  try {
    return detailsSchema.parse(JSON.parse(details)).secretVersions;
  } catch {
    // Only a writer outside this program makes such an entry, and the chain reveals it.
    return {};
  }
}
