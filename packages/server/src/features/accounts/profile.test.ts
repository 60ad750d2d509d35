import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../kernel/caller.ts';
import { temporaryPeople } from '../../../test/people-fixture.ts';

let people: Awaited<ReturnType<typeof temporaryPeople>>;
let admin: Caller;

beforeEach(async () => {
  people = await temporaryPeople();
  admin = await people.signInAdmin();
});

afterEach(async () => {
  await people[Symbol.asyncDispose]();
});

describe('the own account', () => {
  it('shows what the contract says', async () => {
    expect(await people.accounts.profile.me(admin)).toEqual({
      id: 1,
      username: 'root',
      firstName: 'First',
      lastName: 'Last',
      totpEnabled: false,
      isAdmin: true,
      permissions: [],
      preferences: {},
      avatarHash: null,
    });
  });

  it('changes one name and leaves the other', async () => {
    await people.accounts.profile.changeName(admin, { lastName: 'Lovelace' });
    expect(await people.accounts.profile.me(admin)).toMatchObject({ firstName: 'First', lastName: 'Lovelace' });
    expect((await people.auditLog()).at(-1)).toMatchObject({
      action: 'account.update',
      details: '{"fields":["lastName"]}',
    });
  });

  it('keeps merged preferences', async () => {
    await people.accounts.profile.updatePreferences(admin, { theme: 'dark', terminal: { font: 12 } });
    await people.accounts.profile.updatePreferences(admin, { terminal: { cursor: 'bar' } });
    const preferences = { theme: 'dark', terminal: { font: 12, cursor: 'bar' } };
    expect(await people.accounts.profile.me(admin)).toMatchObject({ preferences });
  });
});

describe('the search for accounts', () => {
  it('finds those that can sign in, without more than their names', async () => {
    await people.accounts.users.create(admin, people.person('bert'));
    const gone = await people.accounts.users.create(admin, people.person('bertha'));
    await people.accounts.users.update(admin, gone, { disabled: true });
    expect(await people.accounts.profile.search(admin, 'BER')).toEqual([
      { id: 2, username: 'bert', firstName: 'First', lastName: 'Last' },
    ]);
  });
});
