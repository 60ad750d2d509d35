import { sql, type Kysely } from 'kysely';

/** A start finds the sessions that a crash left behind without reading the whole history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index sessions_unended on sessions (id) where ended_at is null`.execute(db);
}
