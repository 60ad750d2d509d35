import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabaseFile } from './attacks/database-file.ts';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';

/** More than each database takes as parameters of one statement: 32,766 and 65,535. */
const counts = { sqlite: 33_000, postgres: 66_000 };
const environment = {
  ...{ FOLDERS_PER_ACCOUNT: '1000000', FOLDERS_PER_ORGANIZATION: '1000000' },
  ...{ SERVERS_PER_ACCOUNT: '1000000', SERVERS_PER_ORGANIZATION: '1000000' },
};

async function run(gatehouse: TestGatehouse, statement: string): Promise<void> {
  if (gatehouse.databaseUrl === undefined) {
    using file = openDatabaseFile(gatehouse.dataDir);
    file.run(statement);
    return;
  }
  const client = new pg.Client({ connectionString: gatehouse.databaseUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** A folder of a person with many folders, and a server in each of them on SQLite, where that is quick. */
async function fill(gatehouse: TestGatehouse, person: Person, count: number): Promise<number> {
  const top = Number((await person.call('PUT', '/api/folder', { name: 'Top' })).at('id'));
  const at = "'2026-01-01T00:00:00.000Z'";
  await run(
    gatehouse,
    `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count})
     insert into folders (account_id, parent_id, name, position, created_at, updated_at)
     select ${person.id}, ${top}, 'folder', i, ${at}, ${at} from n`,
  );
  await run(
    gatehouse,
    `insert into entries (account_id, folder_id, name, type, protocol, host, port, config, position, created_at, updated_at)
     select ${person.id}, id, 'server', 'server', 'ssh', '192.0.2.1', 22, '{"protocol":"ssh","ip":"192.0.2.1","port":22}', 1, ${at}, ${at}
     from folders where parent_id = ${top} and ${gatehouse.databaseUrl === undefined ? '1 = 1' : 'position % 10 = 0'}`,
  );
  return top;
}

describe.each(engines)('a folder of %s', (engine) => {
  test(`with ${counts[engine]} folders is moved and deleted`, async () => {
    const gatehouse = await startTestGatehouse({ engine, environment });
    onTestFinished(() => gatehouse[Symbol.asyncDispose]());
    const anna = await gatehouse.administrator();
    const organizationId = Number((await anna.call('PUT', '/api/organization', { name: 'Example' })).at('id'));
    const top = await fill(gatehouse, anna, counts[engine]);
    const path = `/api/folder/${top}`;

    expect(await anna.call('PATCH', path, { organizationId })).toMatchObject({ status: 200 });
    expect(await anna.call('DELETE', path)).toMatchObject({ status: 200 });
    expect((await anna.call('GET', '/api/entry/list?flat=true')).at('entries')).toEqual([]);
    expect((await anna.call('GET', '/api/folder/list')).body).toMatchObject([{ type: 'organization', entries: [] }]);
  });
});
