import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Db } from './database.ts';
import type { Engine } from './engine.ts';
import { migrations } from './migrations/index.ts';

/** Applies the missing migrations, each in a transaction. Throws one sentence if the database is newer than the program. */
export async function migrateToLatest(db: Db, engine: Engine): Promise<void> {
  await refuseNewer(db);
  const bound = Object.entries(migrations).map(([name, migration]) => [
    name,
    { up: (open: Kysely<unknown>) => migration.up(open, engine) },
  ]);
  const provider = {
    getMigrations: () => Promise.resolve(Object.fromEntries(bound) as Record<string, Migration>),
  };
  const migrator = new Migrator({ db, provider });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('The database could not be brought up to date.', { cause: error });
}

/** Throws one sentence unless the database has exactly the migrations of this program: for commands that only read and do not migrate. */
export async function requireCurrent(db: Db): Promise<void> {
  await refuseNewer(db);
  const applied = new Set(await appliedMigrations(db));
  if (Object.keys(migrations).some((name) => !applied.has(name)))
    throw new Error('The database was written by an older Gatehouse. Start this version on it once, or use that one.');
}

async function appliedMigrations(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

async function refuseNewer(db: Db): Promise<void> {
  const unknown = (await appliedMigrations(db)).filter((name) => !(name in migrations));
  if (unknown.length > 0)
    throw new Error(
      `The database was written by a newer Gatehouse (it has ${unknown.join(', ')}). Start that version or restore a backup of this one.`,
    );
}
