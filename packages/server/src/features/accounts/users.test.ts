import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../kernel/caller.ts';
import { local, temporaryPeople } from '../../../test/people-fixture.ts';

let people: Awaited<ReturnType<typeof temporaryPeople>>;
let admin: Caller;
let bertId: number;

beforeEach(async () => {
  people = await temporaryPeople();
  admin = await people.signInAdmin();
  bertId = await people.accounts.users.create(admin, people.person('bert'));
});

afterEach(async () => {
  await people[Symbol.asyncDispose]();
});

const users = () => people.accounts.users;

describe('users', () => {
  it('are for administrators only', async () => {
    const bert = await people.signIn('bert');
    const refused = { code: 'forbidden' };
    await expect(users().list(bert, {})).rejects.toMatchObject(refused);
    await expect(users().create(bert, people.person('carl'))).rejects.toMatchObject(refused);
    await expect(users().update(bert, bertId, { isAdmin: true })).rejects.toMatchObject(refused);
    await expect(users().delete(bert, admin.accountId)).rejects.toMatchObject(refused);
  });

  it('are refused to former administrators', async () => {
    await users().update(admin, bertId, { isAdmin: true });
    const bert = await people.signIn('bert');
    await users().update(admin, bertId, { isAdmin: false });
    await expect(users().update(bert, bertId, { isAdmin: true })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(users().create(bert, people.person('carl'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are listed in pages and found by any of their names', async () => {
    await users().create(admin, { ...people.person('carla'), firstName: 'Karla', lastName: '100%_sure' });
    const page = await users().list(admin, { limit: 1, offset: 1 });
    expect(page).toMatchObject({ total: 3, users: [{ username: 'bert', isAdmin: false, disabled: false }] });
    for (const search of ['CARL', 'karla', '%_s'])
      expect((await users().list(admin, { search })).users.map(({ username }) => username)).toEqual(['carla']);
    expect((await users().list(admin, { search: '%' })).total).toBe(1);
  });

  it('have usernames that differ in more than case', async () => {
    await expect(users().create(admin, people.person('BERT'))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('are shown their new rights at once', async () => {
    const token = await people.login('bert');
    await people.auth.authenticate(token, local);
    await users().update(admin, bertId, { isAdmin: true });
    expect((await people.auth.authenticate(token, local)).isAdmin).toBe(true);
    await users().update(admin, bertId, { isAdmin: false });
    expect((await people.auth.authenticate(token, local)).isAdmin).toBe(false);
  });

  it('lose their sessions when they are disabled', async () => {
    const token = await people.login('bert');
    await people.auth.authenticate(token, local);
    await users().update(admin, bertId, { disabled: true });
    await expect(people.auth.authenticate(token, local)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(people.events).toEqual([{ type: 'revoked', what: { kind: 'account', accountId: bertId } }]);
    await users().update(admin, bertId, { disabled: false });
    await expect(people.auth.authenticate(token, local)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(people.login('bert')).resolves.toBeDefined();
  });

  it('become administrators by a session only, not by an API key', async () => {
    const key: Caller = { ...admin, via: { type: 'api-key', id: 1 }, scopes: ['users:write'] };
    await expect(users().update(key, bertId, { isAdmin: true })).rejects.toMatchObject({ code: 'insufficient_scope' });
    await expect(users().update(key, bertId, { disabled: true })).resolves.toBeUndefined();
  });

  it('are answered with not_found where there are none', async () => {
    await expect(users().update(admin, 99, { disabled: true })).rejects.toMatchObject({ code: 'not_found' });
    await expect(users().delete(admin, 99)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the last administrator', () => {
  it('cannot be deleted, disabled or made an ordinary user', async () => {
    const conflict = { code: 'conflict' };
    await expect(users().delete(admin, admin.accountId)).rejects.toMatchObject(conflict);
    await expect(users().update(admin, admin.accountId, { disabled: true })).rejects.toMatchObject(conflict);
    await expect(users().update(admin, admin.accountId, { isAdmin: false })).rejects.toMatchObject(conflict);
  });

  it('is one who can sign in', async () => {
    await users().update(admin, bertId, { isAdmin: true, disabled: true });
    await expect(users().delete(admin, admin.accountId)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('remains where two administrators take each other the rights at the same time', async () => {
    await users().update(admin, bertId, { isAdmin: true });
    const bert = await people.signIn('bert');
    const results = await Promise.allSettled([
      users().update(admin, bertId, { isAdmin: false }),
      users().update(bert, admin.accountId, { isAdmin: false }),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('deleting an account', () => {
  it('takes its sessions, keys and identities with it and shreds its key', async () => {
    const token = await people.login('bert');
    await people.auth.authenticate(token, local);
    const now = new Date().toISOString();
    await people.database.transaction((trx) =>
      trx
        .insertInto('identities')
        .values({
          account_id: bertId,
          organization_id: null,
          name: 'Own key',
          type: 'ssh',
          username: null,
          key_facts: null,
          created_at: now,
          updated_at: now,
          last_used_at: null,
        })
        .execute(),
    );
    await users().delete(admin, bertId);
    expect(await people.database.read.selectFrom('identities').select('id').execute()).toEqual([]);
    expect(people.shredded).toEqual([{ type: 'account', id: bertId }]);
    await expect(people.auth.authenticate(token, local)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await people.auditLog()).at(-1)).toMatchObject({
      action: 'account.delete',
      resource_name: 'bert',
      details: JSON.stringify({ entries: 0, folders: 0, identities: 1 }),
    });
  });

  it('is refused while it owns an organization', async () => {
    const now = new Date().toISOString();
    await people.database.transaction(async (trx) => {
      const { id } = await trx
        .insertInto('organizations')
        .values({ name: 'Works', description: null, default_identity_id: null, created_at: now, updated_at: now })
        .returning('id')
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('memberships')
        .values({
          organization_id: id,
          account_id: bertId,
          role: 'owner',
          status: 'active',
          invited_at: now,
          joined_at: now,
        })
        .execute();
    });
    await expect(users().delete(admin, bertId)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Works') as string,
    });
    expect(people.shredded).toEqual([]);
  });

  it('does not give its id to the next one', async () => {
    await users().delete(admin, bertId);
    expect(await users().create(admin, people.person('carl'))).toBeGreaterThan(bertId);
  });
});
