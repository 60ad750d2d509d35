import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../kernel/caller.ts';
import { clientAt, FakeTime, goodPassword, local, outcomeOf, temporaryPeople } from '../../../test/people-fixture.ts';
import { Secret } from '../../vault/secret.ts';

const ended = { code: 'unauthenticated' };
const newPassword = 'tractor velvet lagoon seven';

let people: Awaited<ReturnType<typeof temporaryPeople>>;
let time: FakeTime;
let anna: Caller;
let token: string;

beforeEach(async () => {
  time = new FakeTime();
  people = await temporaryPeople({ time });
  await people.register('anna');
  token = await people.login('anna');
  anna = await people.auth.authenticate(token, local);
});

afterEach(async () => {
  await people[Symbol.asyncDispose]();
});

const change = (password: string, currentPassword = goodPassword, endApiKeys = true) =>
  people.auth.passwords.changePassword(anna, {
    password: Secret.fromText(password),
    currentPassword: Secret.fromText(currentPassword),
    endApiKeys,
  });

/** The token of an API key. */
async function makeApiKey(caller: Caller): Promise<string> {
  const expiresAt = new Date(time.wallMs + 3_600_000).toISOString();
  const currentPassword = Secret.fromText(goodPassword);
  const request = { name: 'robot', scopes: ['account:read'] as const, expiresAt, currentPassword };
  const { token: made } = await people.auth.apiKeys.create(caller, request);
  await people.auth.authenticate(made, local);
  return made;
}

describe('changing the own password', () => {
  it('needs the current one', async () => {
    await expect(change(newPassword, 'a wrong one')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(people.login('anna', goodPassword)).resolves.toBeDefined();
  });

  it('ends all other sessions at once and keeps its own', async () => {
    const others = [await people.login('anna'), await people.login('anna', goodPassword, clientAt('203.0.113.5'))];
    for (const other of others) await people.auth.authenticate(other, local);
    await change(newPassword);
    for (const other of others) await expect(people.auth.authenticate(other, local)).rejects.toMatchObject(ended);
    await expect(people.auth.authenticate(token, local)).resolves.toBeDefined();
    expect(people.events).toEqual(
      [2, 3].map((id) => ({ type: 'revoked', what: { kind: 'login-session', id, accountId: 1 } })),
    );
    await expect(people.login('anna', goodPassword)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(people.login('anna', newPassword)).resolves.toBeDefined();
  });

  it('ends the API keys unless that is not wanted', async () => {
    const key = await makeApiKey(anna);
    await change(newPassword, goodPassword, false);
    await expect(people.auth.authenticate(key, local)).resolves.toBeDefined();
    await change(goodPassword, newPassword);
    await expect(people.auth.authenticate(key, local)).rejects.toMatchObject(ended);
    expect(people.events.at(-1)).toMatchObject({ type: 'revoked', what: { kind: 'api-key', accountId: 1 } });
  });

  it('is recorded, tries with a wrong one too, and never a password', async () => {
    await change(newPassword, 'a wrong one').catch(() => undefined);
    await change(newPassword);
    const log = await people.auditLog();
    expect(log.filter(({ action }) => action === 'account.password').map(({ outcome }) => outcome)).toEqual([
      'failed',
      'ok',
    ]);
    for (const text of [newPassword, goodPassword, 'a wrong one']) expect(JSON.stringify(log)).not.toContain(text);
  });

  it('counts wrong current passwords, apart from those of sign-ins', async () => {
    const codes: string[] = [];
    for (let n = 0; n < 12; n++) codes.push(await outcomeOf(change(newPassword, 'a wrong one')));
    expect(codes.indexOf('too_many_requests')).toBe(10);
    await expect(people.login('anna', goodPassword, clientAt('203.0.113.5'))).resolves.toBeDefined();
  });

  it('forgets the devices that knew the old one, but not the one that changed it', async () => {
    const lost = clientAt('203.0.113.5', 'Lost phone');
    await people.login('anna', goodPassword, lost);
    await change(newPassword);
    for (let n = 1; n <= 10; n++)
      await people.login('anna', 'wrong', clientAt(`198.51.100.${n}`)).catch(() => undefined);
    await expect(people.login('anna', newPassword, lost)).rejects.toMatchObject({ code: 'too_many_requests' });
    await expect(people.login('anna', newPassword)).resolves.toBeDefined();
  });

  it('refuses passwords that are too short, common, or the username', async () => {
    for (const weak of ['short', 'password123', 'anna2024!']) {
      await expect(change(weak)).rejects.toMatchObject({ code: 'invalid_request', details: [{ path: 'password' }] });
    }
  });

  it('tells passwords apart that differ in their 73rd byte', async () => {
    const long = 'x'.repeat(72);
    await change(`${long}1 and more`);
    await expect(people.login('anna', `${long}2 and more`)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(people.login('anna', `${long}1 and more`)).resolves.toBeDefined();
  });

  it('happens once where two change it at the same time', async () => {
    const results = await Promise.allSettled([change('first of the two words'), change('second of the two words')]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('setting the password of another account', () => {
  it('ends all sessions and API keys of the account, and its tries count anew', async () => {
    const id = await people.accounts.users.create(anna, people.person('bert'));
    const bert = await people.login('bert');
    const key = await makeApiKey(await people.auth.authenticate(bert, local));
    for (let n = 1; n <= 10; n++)
      await people.login('bert', 'wrong', clientAt(`198.51.100.${n}`)).catch(() => undefined);
    await people.auth.passwords.resetPassword(anna, id, Secret.fromText(newPassword));
    await expect(people.auth.authenticate(bert, local)).rejects.toMatchObject(ended);
    await expect(people.auth.authenticate(key, local)).rejects.toMatchObject(ended);
    await expect(people.login('bert', newPassword, clientAt('203.0.113.7'))).resolves.toBeDefined();
    expect((await people.auditLog()).findLast(({ action }) => action === 'account.password')).toMatchObject({
      account_id: anna.accountId,
      resource_id: id,
      resource_name: 'bert',
    });
  });

  it('is for administrators, for existing accounts, and not for oneself', async () => {
    await people.accounts.users.create(anna, people.person('bert'));
    const bert = await people.signIn('bert');
    const reset = (caller: Caller, id: number) =>
      people.auth.passwords.resetPassword(caller, id, Secret.fromText(newPassword));
    await expect(reset(bert, anna.accountId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(reset(anna, 99)).rejects.toMatchObject({ code: 'not_found' });
    await expect(reset(anna, anna.accountId)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
