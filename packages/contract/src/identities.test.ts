import { describe, expect, test } from 'vitest';
import { generateKey } from './generated-keys.ts';
import { createIdentity, identityTypes, listIdentities, moveIdentity, updateIdentity } from './identities.ts';
import { faultsOf, refusedFields } from './testdata/faults.ts';

const created = { name: 'deploy', type: 'ssh' };
const handle = 'a'.repeat(43);
const longestSecret = 64 * 1024;

describe('a new identity', () => {
  test.each(identityTypes)('of type %s needs a name alone', (type) => {
    expect(createIdentity.body.parse({ name: 'deploy', type })).toEqual({ name: 'deploy', type });
  });

  test.each<[string, string, unknown]>([
    ['a name that is too short', 'name', 'ab'],
    ['a name that is too long', 'name', 'a'.repeat(256)],
    ['no name', 'name', undefined],
    ['a type that does not exist', 'type', 'certificate'],
    ['a username that is too long', 'username', 'a'.repeat(256)],
    ['an empty password', 'password', ''],
    ['no password where one is named', 'password', null],
    ['an empty key', 'sshKey', ''],
    ['a handle that is none', 'generatedKey', 'a'.repeat(42)],
    ['a passphrase that is no text', 'passphrase', 1],
    ['an organization that is no id', 'organizationId', 0],
    ['a field that does not exist', 'privateKey', 'x'],
    ['an owner', 'accountId', 1],
  ])('is refused with %s', (_, field, value) => {
    expect(refusedFields(createIdentity.body, { ...created, [field]: value })).toEqual([field]);
  });

  test.each(['password', 'sshKey', 'passphrase'])('may have a %s of 64 KiB, counted in bytes', (field) => {
    expect(faultsOf(createIdentity.body, { ...created, [field]: 'a'.repeat(longestSecret) })).toEqual([]);
    expect(faultsOf(createIdentity.body, { ...created, [field]: 'ä'.repeat(longestSecret / 2) })).toEqual([]);
    expect(faultsOf(createIdentity.body, { ...created, [field]: `${'€'.repeat(longestSecret / 3)}€` })).toEqual([
      `${field}: must have at most ${longestSecret} bytes`,
    ]);
  });

  test.each(['password', 'sshKey', 'passphrase'])('keeps its %s as it was typed', (field) => {
    const text = ' e\u0301\r\n\t\0 ';
    expect(createIdentity.body.parse({ ...created, [field]: text })).toMatchObject({ [field]: text });
    expect(refusedFields(createIdentity.body, { ...created, [field]: '\ud800' })).toEqual([field]);
  });

  test('has one key: sent or made, not both', () => {
    expect(faultsOf(createIdentity.body, { ...created, generatedKey: handle })).toEqual([]);
    expect(faultsOf(createIdentity.body, { ...created, generatedKey: handle, sshKey: 'x' })).toEqual([
      'generatedKey: cannot be sent beside sshKey',
    ]);
  });
});

describe('a change of an identity', () => {
  test.each([
    [{ name: 'other' }],
    [{ username: null }],
    [{ passphrase: null }],
    [{ passphrase: '' }],
    [{ organizationId: '7' }],
  ])('may be %j alone', (body) => {
    expect(faultsOf(updateIdentity.body, body)).toEqual([]);
  });

  test('names a field', () => {
    expect(faultsOf(updateIdentity.body, {})).toEqual([': must name at least one field to change']);
  });

  test('has one key', () => {
    expect(refusedFields(updateIdentity.body, { generatedKey: handle, sshKey: 'x' })).toEqual(['generatedKey']);
  });
});

test.each([
  [{ organizationId: 'personal', type: 'both', limit: '10', search: 'de' }, []],
  [{ organizationId: '7' }, []],
  [{ organizationId: 'mine' }, ['organizationId']],
  [{ search: '' }, ['search']],
  [{ limit: '0' }, ['limit']],
  [{ owner: '1' }, ['owner']],
])('the list takes %j but for %j', (query, refused) => {
  expect(refusedFields(listIdentities.query, query)).toEqual(refused);
});

test('a move names its organization, which is never nothing', () => {
  expect(moveIdentity.body.parse({ organizationId: '7' })).toEqual({ organizationId: 7 });
  expect(refusedFields(moveIdentity.body, { organizationId: null })).toEqual(['organizationId']);
  expect(refusedFields(moveIdentity.body, {})).toEqual(['organizationId']);
});

describe('a key to be made', () => {
  test.each([{ algorithm: 'ed25519' }, { algorithm: 'rsa', bits: 8192 }, { algorithm: 'ecdsa', bits: '384' }])(
    'may be %j',
    (body) => {
      expect(faultsOf(generateKey.body, body)).toEqual([]);
    },
  );

  test.each<[string, unknown]>([
    ['algorithm', 'dsa'],
    ['bits', 255],
    ['bits', 8193],
    ['comment', 'a\nb'],
    ['passphrase', 'a'.repeat(256)],
    ['passphrase', '\ud800'],
    ['name', 'x'],
  ])('is refused with its %s %j', (field, value) => {
    expect(refusedFields(generateKey.body, { algorithm: 'rsa', [field]: value })).toEqual([field]);
  });
});
