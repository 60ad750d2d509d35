import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientAt, createPeople, FakeTime, local, temporaryPeople } from '../../../test/people-fixture.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const ended = { code: 'unauthenticated' };

let time: FakeTime;
let people: Awaited<ReturnType<typeof temporaryPeople>>;
let token: string;

beforeEach(async () => {
  time = new FakeTime();
  people = await temporaryPeople({ time });
  await people.register('anna');
  token = await people.login('anna');
});

afterEach(async () => {
  await people[Symbol.asyncDispose]();
});

const call = (with_ = token) => people.auth.authenticate(with_, local);

/** Lets days go by with a request on each. */
async function useDaily(days: number) {
  for (let day = 0; day < days; day++) {
    time.pass(dayMs);
    await call();
  }
}

describe('a session', () => {
  it('ends when unused for seven days', async () => {
    await useDaily(6);
    time.pass(7 * dayMs - 1);
    await expect(call()).resolves.toBeDefined();
    time.pass(7 * dayMs);
    await expect(call()).rejects.toMatchObject(ended);
  });

  it('ends after thirty days, however busy', async () => {
    await useDaily(29);
    time.pass(dayMs - 1);
    await expect(call()).resolves.toBeDefined();
    time.pass(1);
    await expect(call()).rejects.toMatchObject(ended);
  });

  it('ends in time although the clock was set back by a day', async () => {
    await call();
    time.wallMs -= dayMs;
    await expect(call()).resolves.toBeDefined();
    time.pass(7 * dayMs);
    await expect(call()).rejects.toMatchObject(ended);
  });

  it('is not prolonged by a clock that was set back while the server was stopped', async () => {
    time.wallMs -= dayMs;
    await using restarted = createPeople(people.database, { time });
    await expect(restarted.auth.authenticate(token, local)).rejects.toMatchObject(ended);
  });

  it('ends in time also when it was used before a restart only', async () => {
    time.pass(6 * dayMs);
    await call();
    await people.auth[Symbol.asyncDispose]();
    await using restarted = createPeople(people.database, { time });
    time.pass(7 * dayMs - 1);
    await expect(restarted.auth.authenticate(token, local)).resolves.toBeDefined();
  });

  it('is not written to by what reads with it', async () => {
    const activity = () =>
      people.database.read.selectFrom('login_sessions').select('last_activity_at').executeTakeFirstOrThrow();
    const before = await activity();
    time.pass(hourMs);
    await call();
    expect(await activity()).toEqual(before);
    await people.auth[Symbol.asyncDispose]();
    expect(Date.parse((await activity()).last_activity_at) - Date.parse(before.last_activity_at)).toBe(hourMs);
  });

  it('is deleted some time after it ended, and those who follow are told', async () => {
    time.pass(8 * dayMs);
    const other = await people.login('anna');
    await people.auth.signIns.prune();
    const rows = await people.database.read.selectFrom('login_sessions').select('id').execute();
    expect(rows).toHaveLength(1);
    expect(people.events).toEqual([{ type: 'revoked', what: { kind: 'login-session', id: 1, accountId: 1 } }]);
    await expect(call(other)).resolves.toBeDefined();
  });
});

describe('the list of sessions', () => {
  it('says from where and when, and which one asks', async () => {
    time.pass(hourMs);
    const phone = await people.login('anna', undefined, clientAt('203.0.113.5', 'Phone'));
    time.pass(hourMs);
    const caller = await call(phone);
    expect(await people.auth.signIns.list(caller)).toEqual([
      {
        id: 2,
        ip: '203.0.113.5',
        userAgent: 'Phone',
        createdAt: '2026-01-15T13:00:00.000Z',
        lastActivity: '2026-01-15T14:00:00.000Z',
        current: true,
      },
      {
        id: 1,
        ip: '127.0.0.1',
        userAgent: 'test/1',
        createdAt: '2026-01-15T12:00:00.000Z',
        lastActivity: '2026-01-15T12:00:00.000Z',
        current: false,
      },
    ]);
  });

  it('leaves out what has ended', async () => {
    time.pass(7 * dayMs);
    const caller = await call(await people.login('anna'));
    expect((await people.auth.signIns.list(caller)).map(({ id }) => id)).toEqual([2]);
  });
});

describe('ending sessions', () => {
  it('by logging out ends that session only, at once', async () => {
    const other = await people.login('anna');
    await call();
    await call(other);
    await people.auth.signIns.logout(local, token);
    await expect(call()).rejects.toMatchObject(ended);
    await expect(call(other)).resolves.toBeDefined();
    await expect(people.auth.signIns.logout(local, token)).rejects.toMatchObject({ code: 'not_found' });
    expect((await people.auditLog()).at(-1)).toMatchObject({ action: 'auth.logout', account_id: 1, actor: 'anna' });
  });

  it('by revoking works for the own ones only', async () => {
    const anna = await call();
    await people.accounts.users.create(anna, people.person('bert'));
    const bert = await people.signIn('bert');
    await expect(people.auth.signIns.revoke(bert, anna.via.id)).rejects.toMatchObject({ code: 'not_found' });
    const phone = await people.login('anna');
    const { via } = await call(phone);
    await people.auth.signIns.revoke(anna, via.id);
    await expect(call(phone)).rejects.toMatchObject(ended);
    expect(people.events.at(-1)).toEqual({
      type: 'revoked',
      what: { kind: 'login-session', id: via.id, accountId: anna.accountId },
    });
  });

  it('holds against requests that are looked up at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const fresh = await people.login('anna');
      const looked = Array.from({ length: 5 }, () => call(fresh).catch(() => undefined));
      await people.auth.signIns.logout(local, fresh);
      await Promise.all(looked);
      await expect(call(fresh)).rejects.toMatchObject(ended);
    }
  });
});

describe('tokens that are none', () => {
  it.each(['', 'x', 'a'.repeat(96), 'A'.repeat(96), `ghk_${'a'.repeat(61)}`])('are refused: %j', async (text) => {
    await expect(call(text)).rejects.toMatchObject(ended);
  });
});
