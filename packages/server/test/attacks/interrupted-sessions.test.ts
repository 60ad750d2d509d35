import { expect, test } from 'vitest';
import { verifyChain } from '../../src/audit/chain.ts';
import { openSqlite } from '../../src/kernel/db/sqlite.ts';
import { temporaryDirectory } from '../temporary-sqlite.ts';
import { openDatabaseFile } from './database-file.ts';
import { administrator, administratorLogin, startProcess, type ServerProcess } from './server-process.ts';
import { callJson } from './wire.ts';

type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

async function signIn({ url }: ServerProcess): Promise<Call> {
  const login = await callJson(url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
  const { token } = login.body as { token: string };
  return async (method, path, body) => (await callJson(url, { method, path, body, token })).body;
}

interface Logs {
  readonly total: number;
  readonly logs: readonly unknown[];
}

const ends = async (call: Call) => (await call('GET', '/api/audit/logs?action=session.end')) as Logs;

test('sessions that were open when the server was killed are ended by the next start, once, and in the audit log', async () => {
  using directory = temporaryDirectory();
  await using first = await startProcess(directory.path, administrator);
  const call = await signIn(first);
  const config = { ip: '127.0.0.1', port: 1 };
  const { id: entryId } = (await call('PUT', '/api/entry', { name: 'db1', config })) as { id: number };
  const opened = { entryId, directIdentity: { username: 'nobody', password: 'nothing' } };
  for (let count = 0; count < 3; count++) await call('POST', '/api/connection', opened);
  expect(await call('GET', '/api/connection?live=true')).toHaveLength(3);
  await first.kill();

  for (let start = 0; start < 2; start++) {
    await using again = await startProcess(directory.path, administrator);
    const callAgain = await signIn(again);
    const sessions = await callAgain('GET', '/api/connection');
    expect(sessions).toHaveLength(3);
    for (const session of sessions as object[])
      expect(session).toMatchObject({ status: 'failed', endedAt: expect.any(String) as string });
    const { total, logs } = await ends(callAgain);
    expect(total).toBe(3);
    expect(logs[0]).toMatchObject({
      actor: administratorLogin.username,
      resource: 'session',
      resourceId: 3,
      resourceName: 'db1',
      outcome: 'failed',
      ipAddress: null,
      details: { entryId, why: 'the gateway was interrupted' },
    });
    await again.kill();
  }
});

test('ten thousand of them are ended at a start, each with its entry in an unbroken chain', async () => {
  using directory = temporaryDirectory();
  await (await startProcess(directory.path, administrator)).kill();
  {
    using file = openDatabaseFile(directory.path);
    file.run(`insert into sessions (account_id, entry_name, type, status, started_at)
              with recursive n (i) as (select 1 union all select i + 1 from n where i < 10000)
              select 1, 'db1', 'terminal', 'open', '2026-01-01T00:00:00.000Z' from n`);
  }
  await using server = await startProcess(directory.path, administrator);
  expect((await ends(await signIn(server))).total).toBe(10_000);
  await server.stop();
  await using database = openSqlite(directory.path);
  expect(await verifyChain(database.read)).toMatchObject({ ok: true });
  using file = openDatabaseFile(directory.path);
  expect(file.column('select count(*) from sessions where ended_at is null')).toEqual([0]);
  // A start that wrote row by row took minutes.
  expect(server.startMs).toBeLessThan(45_000);
});
