import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPeople, local, temporaryPeople } from '../../../test/people-fixture.ts';
import { Secret } from '../../vault/secret.ts';

let people: Awaited<ReturnType<typeof temporaryPeople>>;

beforeEach(async () => {
  people = await temporaryPeople();
});

afterEach(async () => {
  await people[Symbol.asyncDispose]();
});

const accounts = () =>
  people.database.read.selectFrom('accounts').select(['username', 'is_admin']).orderBy('id').execute();

const registerWith = (setupToken?: string) =>
  people.accounts.registration.register({
    ...people.person('anna'),
    client: local,
    setupToken,
  });

describe('the first registration', () => {
  it('makes exactly one administrator, however many come at once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 200 }, (_, n) => people.register(`user${n}`)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await accounts()).toEqual([{ username: expect.stringMatching(/^user/) as string, is_admin: 1 }]);
    const codes = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as { code: string }] : [],
    );
    for (const { code } of codes) expect(['forbidden', 'too_many_requests']).toContain(code);
    expect(await people.accounts.registration.isFirstRun()).toBe(false);
  });

  it('makes exactly one administrator of two nodes', async () => {
    await using other = createPeople(people.database);
    await other.accounts.registration.openSetup();
    const results = await Promise.allSettled([people.register('anna'), other.register('bert')]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await accounts()).toHaveLength(1);
  });

  it('needs the set-up token, from the machine itself, too', async () => {
    await expect(registerWith()).rejects.toMatchObject({ code: 'setup_token_required' });
    const token = await people.accounts.registration.openSetup();
    expect(token).toMatch(/^[0-9a-f]{40}$/);
    for (const wrong of [undefined, '', `${token?.slice(1)}0`])
      await expect(registerWith(wrong)).rejects.toMatchObject({ code: 'setup_token_required' });
    await registerWith(token);
    expect(await accounts()).toEqual([{ username: 'anna', is_admin: 1 }]);
  });

  it('finds its token in a file of this user alone until it is used, the same at each start', async () => {
    const { setupTokenFile: file } = people;
    const token = await people.accounts.registration.openSetup();
    expect(readFileSync(file, 'utf8')).toBe(`${token}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await people.accounts.registration.openSetup()).toBe(token);
    await registerWith(token);
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, `${token}\n`);
    await using restarted = createPeople(people.database);
    expect(await restarted.accounts.registration.openSetup()).toBeUndefined();
  });

  it('takes no token from a file that is not whole', async () => {
    for (const text of ['', 'x', '0'.repeat(39)]) {
      writeFileSync(people.setupTokenFile, text);
      expect(await people.accounts.registration.openSetup()).toMatch(/^[0-9a-f]{40}$/);
    }
  });

  it('is recorded', async () => {
    await people.register('anna');
    expect(await people.auditLog()).toMatchObject([
      {
        action: 'account.create',
        via: 'anonymous',
        actor: 'anna',
        resource_id: 1,
        outcome: 'ok',
        ip_address: local.ip,
      },
    ]);
  });

  it('refuses a weak password before anything is made', async () => {
    await expect(people.register('anna', 'password1')).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await accounts()).toEqual([]);
  });
});

describe('later registrations', () => {
  it('are refused, with the token of the first one too', async () => {
    const token = await people.accounts.registration.openSetup();
    await people.register('anna');
    await expect(people.register('bert')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(registerWith(token)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await people.accounts.registration.openSetup()).toBeUndefined();
  });

  it('make ordinary accounts where the server lets people do that', async () => {
    await using open = await temporaryPeople({ selfRegistration: true });
    await open.register('anna');
    await open.register('bert');
    await expect(open.register('BERT')).rejects.toMatchObject({ code: 'conflict' });
    expect((await open.signIn('bert')).isAdmin).toBe(false);
  });

  it('do not become the first one without the token', async () => {
    await using open = await temporaryPeople({ selfRegistration: true });
    const registration = { ...open.person('eve'), client: local };
    await expect(open.accounts.registration.register(registration)).rejects.toMatchObject({
      code: 'setup_token_required',
    });
  });
});

describe('the account of the configuration', () => {
  const admin = { username: 'boss', password: Secret.fromText('tractor velvet lagoon seven') };

  it('is made once, as an administrator', async () => {
    await people.accounts.registration.ensureAdmin(admin);
    await people.accounts.registration.ensureAdmin(admin);
    expect(await accounts()).toEqual([{ username: 'boss', is_admin: 1 }]);
    expect(await people.auditLog()).toMatchObject([{ action: 'account.create', via: 'system', actor: 'system' }]);
  });

  it('is not made where people are already', async () => {
    await people.register('anna');
    await people.accounts.registration.ensureAdmin(admin);
    expect(await accounts()).toEqual([{ username: 'anna', is_admin: 1 }]);
  });
});
