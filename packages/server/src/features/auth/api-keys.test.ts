import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../kernel/caller.ts';
import {
  clientAt,
  createPeople,
  FakeTime,
  goodPassword,
  local,
  outcomeOf,
  temporaryPeople,
} from '../../../test/people-fixture.ts';
import { Secret } from '../../vault/secret.ts';

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
const create = (days = 30, caller = anna, password = goodPassword) =>
  people.auth.apiKeys.create(caller, {
    name: 'deploy',
    scopes: ['entries:read'],
    expiresAt: inDays(days),
    currentPassword: Secret.fromText(password),
  });

describe('an API key', () => {
  it('calls for its account with its scopes', async () => {
    const { id, token } = await create();
    expect(await people.auth.authenticate(token, local)).toEqual({
      accountId: anna.accountId,
      username: 'anna',
      isAdmin: true,
      via: { type: 'api-key', id },
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
        lastUsedIp: '127.0.0.1',
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
      expect.arrayContaining(['api-key.create', 'api-key.delete']),
    );
  });

  it('needs the current password, and counts wrong ones', async () => {
    const { auth } = people;
    const request = { name: 'x', scopes: ['entries:read'] as const, expiresAt: inDays(1) };
    const bare = auth.apiKeys.create(anna, { ...request, currentPassword: undefined });
    await expect(bare).rejects.toMatchObject({ code: 'invalid_credentials' });
    const codes: string[] = [];
    for (let n = 0; n < 12; n++) codes.push(await outcomeOf(create(1, anna, 'a wrong one')));
    expect(codes.indexOf('too_many_requests')).toBe(10);
    expect(await outcomeOf(create())).toBe('too_many_requests');
    expect(await auth.apiKeys.list(anna)).toEqual([]);
    const tries = (await people.auditLog()).filter(({ action }) => action === 'api-key.create');
    expect(tries.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 10 }, () => 'failed'));
  });

  it('does not use up the attempts of a caller who knows the password', async () => {
    for (let n = 0; n < 12; n++) await create();
  });

  it('is not made by what a new password or a revocation overtakes', async () => {
    const making = create();
    const other = await people.signIn('anna');
    await people.auth.passwords.changePassword(other, {
      password: Secret.fromText('tractor velvet lagoon seven'),
      currentPassword: Secret.fromText(goodPassword),
      endApiKeys: true,
    });
    // Made before and ended, or refused.
    await making.catch(() => undefined);
    expect(await people.auth.apiKeys.list(other)).toEqual([]);
    await expect(create(1, anna, 'tractor velvet lagoon seven')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('shows from where it was last used, also after a restart', async () => {
    const { token } = await create();
    await people.auth.authenticate(token, clientAt('203.0.113.9'));
    await people.auth[Symbol.asyncDispose]();
    await using again = createPeople(people.database, { time });
    expect(await again.auth.apiKeys.list(anna)).toMatchObject([{ lastUsedAt: inDays(0), lastUsedIp: '203.0.113.9' }]);
  });

  it('ends when its account is disabled, and does not come back with it', async () => {
    const id = await people.accounts.users.create(anna, people.person('bert'));
    const bert = await people.signIn('bert');
    const { token } = await create(1, bert);
    await people.auth.authenticate(token, local);
    await people.accounts.users.update(anna, id, { disabled: true });
    await expect(people.auth.authenticate(token, local)).rejects.toMatchObject(ended);
    await people.accounts.users.update(anna, id, { disabled: false });
    await expect(people.auth.authenticate(token, local)).rejects.toMatchObject(ended);
    expect(await people.auth.apiKeys.list(bert)).toEqual([]);
  });

  it('is seen and ended by administrators, whosever it is', async () => {
    const bertId = await people.accounts.users.create(anna, people.person('bert'));
    const bert = await people.signIn('bert');
    const { id, token } = await create(1, bert);
    const { apiKeys } = people.auth;
    await people.auth.authenticate(token, local);
    await expect(apiKeys.listOf(bert, bertId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(apiKeys.deleteOf(bert, bertId, id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(apiKeys.listOf(anna, 99)).rejects.toMatchObject({ code: 'not_found' });
    await expect(apiKeys.deleteOf(anna, anna.accountId, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await apiKeys.listOf(anna, bertId)).toMatchObject([{ id, name: 'deploy', lastUsedIp: '127.0.0.1' }]);
    await apiKeys.deleteOf(anna, bertId, id);
    await expect(people.auth.authenticate(token, local)).rejects.toMatchObject(ended);
    expect(people.events.at(-1)).toEqual({ type: 'revoked', what: { kind: 'api-key', id, accountId: bertId } });
    expect((await people.auditLog()).at(-1)).toMatchObject({
      actor: 'anna',
      action: 'api-key.delete',
      resource_id: id,
      details: JSON.stringify({ accountId: bertId, username: 'bert' }),
    });
  });

  it('is one of at most a hundred', async () => {
    for (let n = 0; n < 100; n++) await create();
    await expect(create()).rejects.toMatchObject({ code: 'quota_exceeded' });
  });
});
