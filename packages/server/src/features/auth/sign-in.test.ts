import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  clientAt,
  createPeople,
  FakeTime,
  goodPassword,
  local,
  outcomeOf,
  temporaryPeople,
} from '../../../test/people-fixture.ts';

const minuteMs = 60_000;
const wrong = 'not the password';

let time: FakeTime;
let people: Awaited<ReturnType<typeof temporaryPeople>>;

beforeEach(async () => {
  time = new FakeTime();
  people = await temporaryPeople({ time });
  await people.register('Anna');
});

afterEach(async () => {
  await people[Symbol.asyncDispose]();
});

const addresses = (count: number) => Array.from({ length: count }, (_, index) => clientAt(`198.51.100.${index + 1}`));

/** Tries one after the other; resolves to the codes of the answers. */
async function tryAll(clients: readonly ReturnType<typeof clientAt>[], username = 'anna', password = wrong) {
  const codes: string[] = [];
  for (const client of clients) codes.push(await outcomeOf(people.login(username, password, client)));
  return codes;
}

describe('a sign-in', () => {
  it('gives a token of 96 hexadecimal digits that names its account', async () => {
    const token = await people.login('anna');
    expect(token).toMatch(/^[0-9a-f]{96}$/);
    expect(await people.auth.authenticate(token, local)).toMatchObject({
      username: 'Anna',
      isAdmin: true,
      via: { type: 'session' },
      scopes: 'all',
      client: local,
    });
  });

  it('stores no token, only its hash', async () => {
    const token = await people.login('anna');
    const row = await people.database.read.selectFrom('login_sessions').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.token_hash).toHaveLength(32);
  });

  it('is refused alike for a wrong name and a wrong password', async () => {
    const failure = (username: string) =>
      people.login(username, wrong, clientAt('203.0.113.9')).catch((e: unknown) => e);
    const [known, unknown] = [await failure('anna'), await failure('nobody')];
    expect(known).toMatchObject({ code: 'invalid_credentials', message: 'Wrong username or password.' });
    expect(unknown).toMatchObject({ code: 'invalid_credentials', message: 'Wrong username or password.' });
  });

  it('is refused to a disabled account like a wrong password', async () => {
    const admin = await people.signIn('anna');
    const id = await people.accounts.users.create(admin, people.person('bert'));
    await people.accounts.users.update(admin, id, { disabled: true });
    await expect(people.login('bert')).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('makes the hash anew when its costs have changed, for the same password', async () => {
    await using dearer = createPeople(people.database, { costs: { memoryKiB: 16, passes: 2 } });
    const hash = async () =>
      (await people.database.read.selectFrom('accounts').select('password_hash').executeTakeFirstOrThrow())
        .password_hash;
    expect(await hash()).toContain('$m=8,t=1,p=1$');
    await dearer.login('anna');
    expect(await hash()).toContain('$m=16,t=2,p=1$');
    await expect(dearer.login('anna')).resolves.toBeDefined();
  });
});

describe('wrong passwords', () => {
  it('are refused from the 11th on, from however many addresses they come', async () => {
    const codes = await tryAll(addresses(20));
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'invalid_credentials'));
    expect(codes.slice(10)).toEqual(Array.from({ length: 10 }, () => 'too_many_requests'));
  });

  it('do not lock out the owner on a device that signed in before', async () => {
    const home = clientAt('203.0.113.5', 'Firefox');
    await people.login('anna', goodPassword, home);
    await tryAll(addresses(20));
    await expect(people.login('anna', goodPassword, home)).resolves.toBeDefined();
    await expect(people.login('anna', goodPassword, clientAt('203.0.113.6'))).rejects.toMatchObject({
      code: 'too_many_requests',
    });
  });

  it('on a known device are counted for that device', async () => {
    const home = clientAt('203.0.113.5', 'Firefox');
    await people.login('anna', goodPassword, home);
    const codes = await tryAll(Array.from({ length: 12 }, () => home));
    expect(codes.indexOf('too_many_requests')).toBe(10);
    await expect(people.login('anna', goodPassword, clientAt('203.0.113.6'))).resolves.toBeDefined();
  });

  it('in parallel are not more than one after the other', async () => {
    const codes = await Promise.all(addresses(60).map((client) => outcomeOf(people.login('anna', wrong, client))));
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(10);
    expect(codes.filter((code) => code === 'ok')).toHaveLength(0);
    const evaluated = (await people.auditLog()).filter(({ outcome }) => outcome === 'failed');
    expect(evaluated).toHaveLength(10);
  });

  it('do not count where the password was right, however many sign in at once', async () => {
    const results = await Promise.allSettled(addresses(40).map((client) => people.login('anna', goodPassword, client)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    expect(await people.database.read.selectFrom('login_limits').selectAll().execute()).toEqual([]);
  });

  it('of a name that no account has are limited like those of an account', async () => {
    const codes = await tryAll(addresses(20), 'nobody');
    expect(codes.indexOf('too_many_requests')).toBe(10);
    expect(codes.lastIndexOf('invalid_credentials')).toBe(9);
  });

  it('from one address on many names are refused after fifty', async () => {
    const codes: string[] = [];
    for (let n = 0; n < 60; n++) codes.push(...(await tryAll([clientAt('198.51.100.1')], `name-${n}`)));
    expect(codes.indexOf('too_many_requests')).toBe(50);
    expect(await tryAll([clientAt('198.51.100.2')], 'anna', goodPassword)).toEqual(['ok']);
  });

  it('from one IPv6 network count as from one address', async () => {
    const codes: string[] = [];
    for (let n = 0; n < 60; n++) codes.push(...(await tryAll([clientAt(`2001:db8::${n.toString(16)}`)], `name-${n}`)));
    expect(codes.indexOf('too_many_requests')).toBe(50);
  });

  it('are counted across a restart', async () => {
    await tryAll(addresses(10));
    await using restarted = createPeople(people.database, { time });
    await expect(restarted.login('anna', wrong, clientAt('203.0.113.6'))).rejects.toMatchObject({
      code: 'too_many_requests',
    });
  });

  it('say when to try again, and let one more then', async () => {
    await tryAll(addresses(10));
    await expect(people.login('anna', goodPassword, clientAt('203.0.113.6'))).rejects.toMatchObject({
      code: 'too_many_requests',
      retryAfterS: 900,
      rateLimit: { limit: 10, remaining: 0, resetS: 900 },
    });
    time.pass(15 * minuteMs);
    expect(await tryAll(addresses(3))).toEqual(['invalid_credentials', 'too_many_requests', 'too_many_requests']);
    time.pass(30 * minuteMs);
    expect(await tryAll(addresses(1), 'anna', goodPassword)).toEqual(['ok']);
  });

  it('are forgotten after 90 days', async () => {
    await tryAll(addresses(5));
    time.pass(91 * 24 * 60 * minuteMs);
    await people.auth.signIns.prune();
    expect(await people.database.read.selectFrom('login_limits').selectAll().execute()).toEqual([]);
  });
});

describe('the audit log of sign-ins', () => {
  const entries = async () =>
    (await people.auditLog())
      .filter(({ action }) => action === 'auth.login')
      .map(({ actor, account_id, outcome, resource_name, details }) => ({
        actor,
        account_id,
        outcome,
        resource_name,
        details: JSON.parse(details) as Record<string, unknown>,
      }));

  it('has every try with its reason, and which one began a block', async () => {
    await people.login('anna');
    await tryAll(addresses(12));
    const [first, ...failures] = await entries();
    expect(first).toMatchObject({ actor: 'Anna', account_id: 1, outcome: 'ok', resource_name: 'Anna' });
    expect(failures).toHaveLength(10);
    expect(failures[0]?.details).toEqual({ reason: 'wrong-password' });
    expect(failures[9]?.details).toEqual({ reason: 'wrong-password', blocks: true });
  });

  it('keeps no name that no account has: it may be a password in the wrong field', async () => {
    await tryAll([clientAt('198.51.100.1')], 'root');
    await tryAll([clientAt('198.51.100.1')], 'hunter22');
    for (const { details } of await entries())
      expect(details).toEqual({
        reason: 'unknown-name',
        attemptedNameMac: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      });
    expect(JSON.stringify(await people.auditLog())).not.toContain('hunter22');
  });

  it('tells once of a password that is tried on many accounts from many addresses', async () => {
    await people.login('anna', goodPassword, clientAt('203.0.113.1'));
    for (let n = 0; n < 60; n++) await tryAll([clientAt(`198.51.100.${n}`)], `unknown${n}`);
    const alarms = (await people.auditLog()).filter(({ action }) => action === 'auth.spraying');
    expect(alarms).toMatchObject([{ actor: 'system', account_id: null, details: JSON.stringify({ accounts: 50 }) }]);
    expect(people.auth.failures.sprayingAlarms()).toBe(1);
    // People on devices that they signed in from before do not notice.
    await expect(people.login('anna', goodPassword, clientAt('203.0.113.1'))).resolves.toBeDefined();
  });
});
