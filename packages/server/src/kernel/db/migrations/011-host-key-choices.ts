import { sql, type Kysely } from 'kysely';

/**
 * Who chose a host-key policy, and what of it a confirmation has seen; policies from before count as chosen by an unknown account. User names
 * and old algorithms of servers become a part of what is confirmed, as they are now.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['entries', 'folders', 'organizations']) {
    await db.schema
      .alterTable(table)
      .addColumn('host_key_policy_by', 'bigint', (column) => column.references('accounts.id').onDelete('set null'))
      .execute();
    await db.schema.alterTable(table).addColumn('host_key_policy_at', 'text').execute();
    await db.schema
      .alterTable(table)
      .addColumn('host_key_policy_limited', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  }
  await db.schema.alterTable('entries').addColumn('confirmed_policy', 'text').execute();
  await db.schema.alterTable('entry_identities').addColumn('confirmed_policy', 'text').execute();
  await db.schema
    .alterTable('host_keys')
    .addColumn('policy_confirmed', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await bindLogins(db);
}

const batch = 1_000;

/** Appends what is confirmed from now on to the bindings of entries that have it. */
async function bindLogins(db: Kysely<unknown>): Promise<void> {
  for (let after = 0; ;) {
    const { rows } = await sql<{ id: number; config: string }>`
      select id, config from entries
      where id > ${after} and (config like '%"username"%' or config like '%"legacyAlgorithms"%')
      order by id limit ${batch}`.execute(db);
    for (const { id, config } of rows) {
      after = id;
      const { username, legacyAlgorithms } = JSON.parse(config) as Record<string, unknown>;
      const name = typeof username === 'string' ? username : null;
      if (name === null && legacyAlgorithms !== true) continue;
      const tail = `,${JSON.stringify([name, legacyAlgorithms === true])}]`;
      await sql`update entries set confirmed_binding = substr(confirmed_binding, 1, length(confirmed_binding) - 1) || ${tail}
        where id = ${id} and confirmed_binding is not null`.execute(db);
      await sql`update entry_identities set binding = substr(binding, 1, length(binding) - 1) || ${tail}
        where entry_id = ${id} and binding is not null`.execute(db);
    }
    if (rows.length < batch) return;
  }
}
