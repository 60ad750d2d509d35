import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Db } from '../kernel/db/database.ts';

const entriesPerPage = 500;

/** The part of an audit entry's details that says which versions of secrets it wrote (docs/formats/audit.md). */
const detailsSchema = z.object({ secretVersions: z.record(z.string(), z.number().int().nullable()).default({}) });

/** The newest recorded version of each secret, by row and field; null where it was destroyed. */
export type RecordedVersions = ReadonlyMap<number, Readonly<Record<string, number | null>>>;

interface Range {
  /** Entries after this number… */
  readonly after: number;
  /** …and up to this one. */
  readonly upTo: number;
}

/** The number of the newest audit entry; 0 where there is none. */
export async function newestEntry(db: Db): Promise<number> {
  const newest = await db.selectFrom('audit_log').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return newest?.seq ?? 0;
}

/** What the audit log recorded about the secrets of a resource, those that were written last at the end. Details that no program of ours wrote are left out. */
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
      // What was written last comes last.
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
    // Only somebody who writes to the database makes such an entry, and the chain names it.
    return {};
  }
}
