import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../kernel/caller.ts';
import { FakeTime, local, temporaryPeople } from '../../../test/people-fixture.ts';

const dayMs = 86_400_000;
const ended = { code: 'unauthenticated' };

let time: FakeTime;
let people: Awaited<ReturnType<typeof temporaryPeople>>;
let anna: Caller;

beforeEach(async () => {
  time = new FakeTime();
  people = await temporaryPeople({ time });
  await people.register('anna');
  anna = await people.signIn('anna');
});

afterEach(async () => {
  await people[Symbol.asyncDispose]();
});

const inDays = (days: number) => new Date(time.wallMs + days * dayMs).toISOString();
const create = (days = 30) =>
  people.auth.apiKeys.create(anna, { name: 'deploy', scopes: ['entries:read'], expiresAt: inDays(days) });

describe('an API key', () => {
  it('calls for its account with its scopes', async () => {
    const { id, token } = await create();
    expect(await people.auth.authenticate(token, local)).toEqual({
      accountId: anna.accountId,
      username: 'anna',
      isAdmin: true,
      via: 'api-key',
      credentialId: id,
      expiresAtMs: Date.parse(inDays(30)),
      scopes: ['entries:read'],
      client: local,
    });
  });

  it('is stored as a hash and shown once', async () => {
    const { token, id, keyId } = await create();
    const secret = token.split('_')[2] ?? '';
    const stored = await people.database.read.selectFrom('api_keys').selectAll().execute();
    expect(JSON.stringify([stored, await people.auditLog()])).not.toContain(secret);
    time.pass(1000);
    await people.auth.authenticate(token, local);
    expect(await people.auth.apiKeys.list(anna)).toEqual([
      {
        id,
        name: 'deploy',
        keyId,
        scopes: ['entries:read'],
        createdAt: '2026-01-15T12:00:00.000Z',
        expiresAt: '2026-02-14T12:00:00.000Z',
        lastUsedAt: '2026-01-15T12:00:01.000Z',
      },
    ]);
  });

  it('ends on its day', async () => {
    const { token } = await create(1);
    await people.auth.authenticate(token, local);
    time.pass(dayMs);
    await expect(people.auth.authenticate(token, local)).rejects.toMatchObject(ended);
  });

  it('must end within a year, and not before now', async () => {
    await expect(create(367)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(create(0)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(create(366)).resolves.toBeDefined();
  });

  it('ends at once when it is deleted, by its owner only', async () => {
    const { id, token } = await create();
    await people.auth.authenticate(token, local);
    await people.accounts.users.create(anna, people.person('bert'));
    const bert = await people.signIn('bert');
    await expect(people.auth.apiKeys.delete(bert, id)).rejects.toMatchObject({ code: 'not_found' });
    await people.auth.apiKeys.delete(anna, id);
    await expect(people.auth.authenticate(token, local)).rejects.toMatchObject(ended);
    expect(people.events.at(-1)).toEqual({ type: 'revoked', what: { kind: 'api-key', id, accountId: anna.accountId } });
    expect((await people.auditLog()).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['key.create', 'key.delete']),
    );
  });

  it('ends when its account is disabled, and comes back with it', async () => {
    const id = await people.accounts.users.create(anna, people.person('bert'));
    const bert = await people.signIn('bert');
    const request = { name: 'x', scopes: ['account:read'] as const, expiresAt: inDays(1) };
    const { token } = await people.auth.apiKeys.create(bert, request);
    await people.auth.authenticate(token, local);
    await people.accounts.users.update(anna, id, { disabled: true });
    await expect(people.auth.authenticate(token, local)).rejects.toMatchObject(ended);
    await people.accounts.users.update(anna, id, { disabled: false });
    await expect(people.auth.authenticate(token, local)).resolves.toBeDefined();
  });

  it('is one of at most a hundred', async () => {
    for (let n = 0; n < 100; n++) await create();
    await expect(create()).rejects.toMatchObject({ code: 'conflict' });
  });
});
