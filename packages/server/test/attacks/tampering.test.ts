import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTestGatehouse, type Person, type TestGatehouse } from '../harness/gatehouse.ts';
import { startHostile, type AskClient } from '../ssh-servers/hostile.ts';
import { openDatabaseFile, type DatabaseFile } from './database-file.ts';

const events = 12;
const bitsPerByte = 8;

async function withHistory(gatehouse: TestGatehouse): Promise<Person> {
  const administrator = await gatehouse.administrator();
  for (let n = 0; n < events; n++) await addFolder(administrator, n);
  return administrator;
}

async function addFolder(person: Person, n: number): Promise<void> {
  expect((await person.call('PUT', '/api/folder', { name: `folder ${n}` })).status).toBe(200);
}

/** As an attacker who can write the file: removes the triggers first. */
function disarm(database: DatabaseFile): void {
  for (const verb of ['update', 'delete']) database.run(`drop trigger audit_log_no_${verb}`);
}

const victim = 7;
const columns =
  'timestamp, account_id, actor, via, ip_address, user_agent, organization_id, action, resource, resource_id, resource_name, outcome, details';

describe('the audit log', () => {
  test('is append-only to who comes through SQL', async () => {
    await using gatehouse = await startTestGatehouse();
    await withHistory(gatehouse);
    using database = openDatabaseFile(gatehouse.dataDir);
    for (const statement of ["update audit_log set actor = 'x'", 'delete from audit_log'])
      expect(() => {
        database.run(statement);
      }).toThrow('append-only');
  });

  test.each<[string, number, string]>([
    ['an edited actor', victim, `update audit_log set actor = 'mallory' where seq = ${victim}`],
    ['an edited detail', victim, `update audit_log set details = '{"x":1}' where seq = ${victim}`],
    ['an emptied field', victim, `update audit_log set ip_address = null where seq = ${victim}`],
    ['an edited hash', victim, `update audit_log set hash = zeroblob(32) where seq = ${victim}`],
    ['a deleted entry', victim, `delete from audit_log where seq = ${victim}`],
    ['a deleted first entry', 1, 'delete from audit_log where seq = 1'],
    [
      'two swapped entries',
      victim,
      `update audit_log set seq = -1 where seq = ${victim}; update audit_log set seq = ${victim} where seq = ${victim + 1};
        update audit_log set seq = ${victim + 1} where seq = -1`,
    ],
    [
      'an inserted entry',
      victim,
      `update audit_log set seq = seq + 1000 where seq >= ${victim}; update audit_log set seq = seq - 999 where seq >= 1000;
        insert into audit_log (seq, ${columns}, prev_hash, hash) select ${victim}, ${columns}, prev_hash, hash from audit_log where seq = ${victim - 1}`,
    ],
    [
      'an entry before the first',
      1,
      `insert into audit_log (seq, ${columns}, prev_hash, hash) select 0, ${columns}, prev_hash, hash from audit_log where seq = 1`,
    ],
  ])('names the place of %s', async (_, firstBad, statements) => {
    await using gatehouse = await startTestGatehouse();
    const administrator = await withHistory(gatehouse);
    const before = await administrator.call('GET', '/api/audit/verify');
    expect(before).toMatchObject({ status: 200, body: { firstBad: null } });
    using database = openDatabaseFile(gatehouse.dataDir);
    disarm(database);
    database.run(statements);
    expect(await administrator.call('GET', '/api/audit/verify')).toMatchObject({
      status: 200,
      body: { ok: false, firstBad, entries: firstBad - 1 },
    });
  });

  test('misses a tail that was cut off, through the checkpoint that is kept beside it', async () => {
    await using gatehouse = await startTestGatehouse();
    const administrator = await withHistory(gatehouse);
    // A clean stop keeps a checkpoint.
    await gatehouse.restart();
    using database = openDatabaseFile(gatehouse.dataDir);
    const [size] = database.column('select max(seq) from audit_log');
    disarm(database);
    database.run(`delete from audit_log where seq > ${Number(size) - 2}`);
    expect(await administrator.call('GET', '/api/audit/verify')).toMatchObject({
      body: { ok: false, firstBad: Number(size) - 1, entries: Number(size) - 2 },
    });
  });

  test('does not start on yesterday’s database that was put back, and finds it out where that was accepted', async () => {
    const environment: Record<string, string> = {};
    await using gatehouse = await startTestGatehouse({ environment });
    const administrator = await withHistory(gatehouse);
    const file = join(gatehouse.dataDir, 'gatehouse.db');
    const kept = join(gatehouse.dataDir, 'yesterday');
    const saved = { size: 0 };
    await gatehouse.restart();
    {
      using database = openDatabaseFile(gatehouse.dataDir);
      database.run(`vacuum into '${kept}'`);
      saved.size = Number(database.column('select max(seq) from audit_log')[0]);
    }
    for (let n = 0; n < events; n++) await addFolder(administrator, n);
    const started = gatehouse.restart(() => {
      for (const suffix of ['-wal', '-shm']) if (existsSync(file + suffix)) rmSync(file + suffix);
      copyFileSync(kept, file);
    });
    const sentence = await started.then(String, String);
    expect(sentence).toContain('The database is older than what this server wrote last');
    environment['ACCEPT_RESTORED_DATA'] = /ACCEPT_RESTORED_DATA=(\w+)/.exec(sentence)?.[1] ?? '';
    await gatehouse.restart();
    for (let n = 0; n < 2 * events; n++) await addFolder(administrator, 100 + n);

    // With the checkpoints that were kept elsewhere, what was given up still shows.
    const [aside = ''] = readdirSync(gatehouse.dataDir).filter((name) => name.includes('given-up'));
    copyFileSync(join(gatehouse.dataDir, aside), join(gatehouse.dataDir, 'audit-checkpoints.log'));
    const verified = await administrator.call('GET', '/api/audit/verify');
    expect(verified.body).toMatchObject({ ok: false });
    // Everything up to the copy is the same in both histories; the fault is named behind it.
    expect(verified.at('firstBad')).toBeGreaterThan(saved.size - 1);
    expect(verified.at('firstBad')).toBeLessThanOrEqual(saved.size + 1);
  });
});

test.each(['the nonce', 'the ciphertext', 'the tag', 'the key id'])(
  'a bit that was flipped in %s is found, recorded, and no empty credential goes out instead',
  async (where) => {
    await using gatehouse = await startTestGatehouse();
    const converse = async (ask: AskClient) => {
      await ask([{ prompt: 'Password: ', echo: false }]);
      return false;
    };
    await using target = await startHostile({ converse });
    const person = await gatehouse.person('olga');
    const stored = { name: 'an identity', type: 'password', username: 'nobody', password: 'a stored secret' };
    const identity = Number((await person.call('PUT', '/api/identity', stored)).at('id'));
    const config = { ip: target.host, port: target.port };
    const entry = Number(
      (await person.call('PUT', '/api/entry', { name: 'a server', config, identities: [identity] })).at('id'),
    );
    await person.call('PUT', `/api/entry/${entry}/host-keys`, { keys: [...target.hostKeys] });
    flipBit(gatehouse, where);

    const answer = await person.call('POST', `/api/connection/${entry}/exec`, { command: 'true' });
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 500, body: { error: 'secret_unreadable' } });
    expect(target.attempts.filter(({ method }) => method !== 'none')).toEqual([]);
    using database = openDatabaseFile(gatehouse.dataDir);
    const failedOf = (action: string) =>
      database.column(`select details from audit_log where action = '${action}' and outcome = 'failed'`).map(String);
    expect(failedOf('session.open').join()).toContain('secret_unreadable');
    expect(failedOf('identity.use').join()).toContain('The stored password cannot be opened.');
    expect(await person.call('GET', `/api/identity/${identity}`)).toMatchObject({
      status: 200,
      body: { hasPassword: true },
    });
  },
);

/** magic(2) | version(1) | algorithm(1) | key id(16) | nonce(12) | ciphertext | tag(16) */
const offsets: Readonly<Record<string, number>> = {
  'the key id': 4,
  'the nonce': 20,
  'the ciphertext': 32,
  'the tag': -1,
};

function flipBit(gatehouse: TestGatehouse, where: string): void {
  using database = openDatabaseFile(gatehouse.dataDir);
  const [frame] = database.column('select frame from identity_secrets');
  if (!Buffer.isBuffer(frame)) throw new Error('no frame');
  const offset = (offsets[where] ?? 0) + (where === 'the tag' ? frame.length : 0);
  frame[offset] = (frame[offset] ?? 0) ^ (1 << (offset % bitsPerByte));
  database.run('update identity_secrets set frame = ?', frame);
}
