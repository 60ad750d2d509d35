import pg from 'pg';
import { openPostgres } from '../../src/kernel/db/postgres.ts';

/** Text sorts by language, as on most servers: code that takes the order of a list for byte order shows up. */
export const ICU_ORDER = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";

/** The database that tests copy rather than migrate one of their own. */
export const MIGRATED = 'migrated';

/** Makes it on a server that was just started. Nothing may be connected to it later: PostgreSQL copies no database that is in use. */
export async function createTemplate(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${MIGRATED} ${ICU_ORDER}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = MIGRATED;
  await using database = openPostgres(url.href, () => undefined);
  await database.migrate();
}
