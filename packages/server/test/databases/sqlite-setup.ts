import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openSqlite } from '../../src/kernel/db/sqlite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated SQLite database without rows, which tests copy. */
    sqliteTemplate: string | undefined;
  }
}

/** Migrates one SQLite database for the whole run, and returns what deletes it (Vitest calls both). */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-template-'));
  {
    await using database = openSqlite(directory);
    await database.migrate();
  }
  project.provide('sqliteTemplate', join(directory, 'gatehouse.db'));
  return () => rm(directory, { recursive: true, force: true });
}
