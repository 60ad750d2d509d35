import pg from 'pg';
import { openPostgres } from '../../src/kernel/db/postgres.ts';

/** Text sorts by language, as on most servers: code that takes the order of a list for byte order shows up. */
export const icuOrder = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";

/** The database that tests copy rather than migrate one of their own. */
export const migrated = 'migrated';

/** Makes it on a server that was just started. Nothing may be connected to it later: PostgreSQL copies no database that is in use. */
export async function createTemplate(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${migrated} ${icuOrder}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = migrated;
  await using database = openPostgres(url.href, () => undefined);
  await database.migrate();
}
