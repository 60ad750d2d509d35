import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabaseFile } from './attacks/database-file.ts';
import { engines, password, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';

/** What making an API key asks for beside. */
const confirmation = { currentPassword: password };
const dayMs = 24 * 3_600_000;

describe.each(engines)('a request with an Idempotency-Key on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let person: Person;
  let nowMs = Date.now();
  let keys = 0;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({ engine, now: () => new Date(nowMs) });
    person = await gatehouse.person('olga');
  });
  afterAll(() => gatehouse[Symbol.asyncDispose]());

  const newKey = () => ({ 'idempotency-key': `key-${++keys}` });
  const organization = (name: string, headers: Readonly<Record<string, string>>, by = person) =>
    by.call('PUT', '/api/organization', { name }, headers);
  async function countOf(name: string): Promise<number> {
    const { body } = await person.call('GET', '/api/organization');
    return (body as { name: string }[]).filter((one) => one.name === name).length;
  }

  test('is done once and answered alike, after a restart, too', async () => {
    const key = newKey();
    const first = await organization('Once', key);
    const second = await organization('Once', key);
    await gatehouse.restart();
    const third = await organization('Once', key);

    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    for (const again of [second, third]) {
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    }
    expect(await countOf('Once')).toBe(1);
  });

  test('repeats the header fields of the first answer', async () => {
    const made = await person.call('PUT', '/api/identity', {
      name: 'web',
      type: 'password',
      username: 'x',
      password: 'y',
    });
    const path = `/api/identity/${String(made.at('id'))}`;
    const key = newKey();
    const answers = [
      await person.call('PATCH', path, { name: 'web 2' }, key),
      await person.call('PATCH', path, { name: 'web 2' }, key),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [first, second] = answers.map(({ headers }) => headers.get('etag'));
    expect(second).toBe(first);
  });

  test('is refused with another body, call or path', async () => {
    const key = newKey();
    await organization('Mine', key);

    const others = [
      await organization('Other', key),
      await person.call('PATCH', '/api/account/name', { firstName: 'Olga' }, key),
      await person.call('PUT', '/api/organization', { name: 'Mine' }, { ...key, 'if-match': '"1"' }),
    ];

    for (const { status, body } of others)
      expect([status, body]).toMatchObject([422, { error: 'idempotency_key_reused' }]);
    expect(await countOf('Other')).toBe(0);
  });

  test('is done once when it comes many times at once', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 8 }, () => organization('Race', key)));

    for (const { status } of answers) expect([201, 409]).toContain(status);
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect(await countOf('Race')).toBe(1);
  });

  test('is one of its account alone', async () => {
    const key = newKey();
    await organization('Shared name', key);
    const admin = await gatehouse.administrator();

    const other = await organization('Shared name', key, admin);

    expect(other.status).toBe(201);
    expect(other.headers.get('idempotency-replayed')).toBeNull();
  });

  test('is done anew where the first one was refused', async () => {
    const key = newKey();
    const path = '/api/organization/999999';

    for (let round = 0; round < 2; round++)
      expect((await person.call('DELETE', path, undefined, key)).status).toBe(404);
  });

  test('keeps no token: the second answer says that it was done', async () => {
    const key = newKey();
    const expiresAt = new Date(nowMs + dayMs).toISOString();
    const order = { name: 'robot', scopes: ['account:read'], expiresAt, ...confirmation };
    const first = await person.call('POST', '/api/account/api-keys', order, key);
    const second = await person.call('POST', '/api/account/api-keys', order, key);

    expect(first.status).toBe(201);
    expect([second.status, second.body]).toMatchObject([409, { error: 'conflict' }]);
    expect(JSON.stringify(second.body)).not.toContain(String(first.at('token')));
    if (engine === 'sqlite') {
      using database = openDatabaseFile(gatehouse.dataDir);
      const kept = JSON.stringify(database.column('select answer from idempotent_requests'));
      expect(kept).toContain('Once');
      expect(kept).not.toContain(String(first.at('token')));
    }
    expect((await person.call('GET', '/api/account/api-keys')).body).toHaveLength(1);
  });

  test.each(['', 'two words', 'x'.repeat(256)])('is refused where the key is malformed: %.10s', async (key) => {
    expect((await organization('Malformed', { 'idempotency-key': key })).status).toBe(400);
    expect(await countOf('Malformed')).toBe(0);
  });

  test('is forgotten after a day', async () => {
    const key = newKey();
    await organization('Daily', key);
    nowMs += dayMs;

    const again = await organization('Weekly', key);

    expect(again.status).toBe(201);
  });
});
