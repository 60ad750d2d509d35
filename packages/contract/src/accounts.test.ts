import { describe, expect, test } from 'vitest';
import { password, register, searchAccounts, username } from './accounts.ts';
import { listAuditLogs } from './audit.ts';
import { login, logout } from './auth.ts';
import { updateSettings } from './settings.ts';
import { faultsOf, refusedFields } from './testdata/faults.ts';
import { createUser, listUsers } from './users.ts';

describe('a username', () => {
  test.each(['ada', 'Ada.Lovelace-1_2', 'a'.repeat(32)])('may be %s', (text) => {
    expect(username.parse(text)).toBe(text);
  });

  test.each(['', 'ab', 'a'.repeat(33), 'ada lovelace', 'ada@example', 'adä', 'ada\n', ' ada', 'ada/..'])(
    'may not be %j',
    (text) => {
      expect(faultsOf(username, text)).toEqual([': must be 3 to 32 letters, digits, dots, underscores or hyphens']);
    },
  );
});

describe('the password of an account', () => {
  test('is compared in composed form, and keeps its blanks', () => {
    expect(password.parse(' pa\u0308ss ')).toBe(' päss ');
  });

  test('is counted in code points', () => {
    expect(faultsOf(password, '\u{1F600}'.repeat(255))).toEqual([]);
    expect(faultsOf(password, '\u{1F600}'.repeat(256))).toContain(': must have at most 255 characters');
    expect(faultsOf(password, 'a'.repeat(256))).toEqual([': must have at most 255 characters']);
  });

  test.each([
    ['', 'must not be empty'],
    ['\udfff', 'must not contain lone surrogates'],
  ])('may not be %j', (text, fault) => {
    expect(faultsOf(password, text)).toEqual([`: ${fault}`]);
  });
});

const person = { username: 'ada', password: 'a pass phrase', firstName: 'Ada', lastName: 'Lovelace' };

describe.each([
  ['who registers', register.body],
  ['who is added by an administrator', createUser.body],
])('the account of a person %s', (_, body) => {
  test('has a username, a password and both names', () => {
    expect(body.parse(person)).toEqual(person);
    expect(refusedFields(body, {})).toEqual(['username', 'password', 'firstName', 'lastName']);
  });

  test.each<[string, unknown]>([
    ['firstName', ''],
    ['lastName', ' '],
    ['lastName', 'a'.repeat(101)],
    ['isAdmin', true],
  ])('is refused with its %s %j', (field, value) => {
    expect(refusedFields(body, { ...person, [field]: value })).toEqual([field]);
  });
});

describe('a sign-in', () => {
  const credentials = { username: 'ada', password: 'a pass phrase' };

  test.each(['012345', 12_345, 0, 999_999])('may come with the code %j', (code) => {
    expect(faultsOf(login.body, { ...credentials, code })).toEqual([]);
  });

  test.each(['12345', '1234567', '12345a', 1_000_000, -1, 1.5])('may not come with the code %j', (code) => {
    expect(faultsOf(login.body, { ...credentials, code })).toHaveLength(1);
  });

  test.each<[string, unknown]>([
    ['username', ''],
    ['username', 'a'.repeat(256)],
    ['username', ['ada']],
    ['password', ''],
    ['remember', true],
  ])('is refused with its %s %j', (field, value) => {
    expect(refusedFields(login.body, { ...credentials, [field]: value })).toEqual([field]);
  });

  test('ends by its token, and by nothing that merely looks like one', () => {
    expect(faultsOf(logout.body, { token: 'a1'.repeat(48) })).toEqual([]);
    for (const token of ['a1'.repeat(47), 'A1'.repeat(48), 'g1'.repeat(48), `${'a1'.repeat(48)}\n`, 1])
      expect(refusedFields(logout.body, { token }), String(token)).toEqual(['token']);
  });
});

test.each([
  [{ search: 'ada' }, []],
  [{ search: 'ad' }, ['search']],
  [{ search: '  ad ' }, ['search']],
  [{}, ['search']],
])('people are searched by %j but for %j', (query, refused) => {
  expect(refusedFields(searchAccounts.query, query)).toEqual(refused);
});

test.each([
  [{ search: '', limit: '1000', offset: '1000000' }, []],
  [{ limit: '1001' }, ['limit']],
  [{ offset: '1000001' }, ['offset']],
  [{ page: '2' }, ['page']],
])('accounts are listed by %j but for %j', (query, refused) => {
  expect(refusedFields(listUsers.query, query)).toEqual(refused);
});

test.each([
  [{ organizationId: '7', action: 'identity.*', outcome: 'denied', startDate: '2026-01-31' }, []],
  [{ organizationId: 'personal', endDate: '2026-01-31T08:00:00+01:00' }, []],
  [{ organizationId: 'all' }, ['organizationId']],
  [{ action: '*.*' }, ['action']],
  [{ action: 'identity create' }, ['action']],
  [{ action: 'a'.repeat(101) }, ['action']],
  [{ outcome: 'maybe' }, ['outcome']],
  [{ startDate: '2026-02-30' }, ['startDate']],
  [{ endDate: '2026-01-31T08:00:00' }, ['endDate']],
  [{ account: '1' }, ['account']],
])('the audit log is filtered by %j but for %j', (query, refused) => {
  expect(refusedFields(listAuditLogs.query, query)).toEqual(refused);
});

describe('a change of settings', () => {
  test('names settings with values or with null for the default', () => {
    const changes = {
      SERVERS_PER_ACCOUNT: 10,
      SELF_REGISTRATION: true,
      PUBLIC_URL: 'https://a.example',
      LOG_LEVEL: null,
    };
    expect(updateSettings.body.parse(changes)).toEqual(changes);
  });

  test.each<[string, object]>([
    ['nothing', {}],
    ['a name in lower case', { log_level: 'info' }],
    ['a name that begins with a digit', { '1_LEVEL': 1 }],
    ['a value that is a list', { LOG_LEVEL: ['info'] }],
    ['a value that is an object', { LOG_LEVEL: {} }],
    ['a text that is too long', { PUBLIC_URL: 'a'.repeat(4_097) }],
    ['too many', Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`SETTING_${index}`, 1]))],
  ])('is refused with %s', (_, changes) => {
    expect(updateSettings.body.safeParse(changes).success).toBe(false);
  });
});
