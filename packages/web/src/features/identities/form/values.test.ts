import { createIdentity, updateIdentity, type Identity } from '@gatehouse/contract/identities';
import { expect, test } from 'vitest';
import { bodyOfChange, bodyOfNew, valuesOf, emptyValues, typeOf, type IdentityFormValues } from './values.ts';

const stored: Identity = {
  id: 1,
  name: 'Deploy key',
  username: 'deploy',
  type: 'both',
  organizationId: 7,
  scope: 'organization',
  accountId: null,
  createdAt: '2026-06-01T00:00:00.000Z',
  updatedAt: '2026-06-01T00:00:00.000Z',
  key: null,
  hasPassword: true,
  hasPassphrase: false,
  passwordSetAt: null,
  keySetAt: null,
  usedBy: 0,
  lastUsedAt: null,
  can: { use: true, update: true, move: false, delete: true, confirm: true },
};

function values(facts: Partial<IdentityFormValues>): IdentityFormValues {
  return { ...emptyValues(), name: 'Deploy key', ...facts };
}

test.each<[Partial<IdentityFormValues>, string | undefined]>([
  [{ keyMethod: 'new' }, 'ssh'],
  [{ keyMethod: 'new', passwordMethod: 'new' }, 'both'],
  [{ keyMethod: 'none', passwordMethod: 'new', username: 'ada' }, 'password'],
  [{ keyMethod: 'none', passwordMethod: 'new', username: ' ' }, 'password-only'],
  [{ keyMethod: 'none', passwordMethod: 'none' }, undefined],
])('the ways in %j make the type %s', (methods, type) => {
  expect(typeOf(values(methods))).toBe(type);
});

test('a password whose username each server brings keeps its type', () => {
  const before: Identity = { ...stored, type: 'password', username: null };
  expect(bodyOfChange({ ...valuesOf(before), name: 'Other name' }, before)).toEqual({ name: 'Other name' });
});

test('a new identity is sent with what is typed and no more', () => {
  const pasted = values({ sshKey: 'KEY', username: ' deploy ', organizationId: 7, password: 'left over' });
  expect(bodyOfNew(pasted)).toEqual({
    name: 'Deploy key',
    type: 'ssh',
    username: 'deploy',
    organizationId: 7,
    sshKey: 'KEY',
  });
  expect(bodyOfNew({ ...pasted, passphrase: 'p' })).toMatchObject({ passphrase: 'p' });
});

test('a generated key is sent by its handle, without a passphrase of its own', () => {
  const body = bodyOfNew(values({ keySource: 'generate', generatedKey: 'HANDLE', sshKey: 'KEY', passphrase: 'p' }));
  expect(body).toEqual({ name: 'Deploy key', type: 'ssh', generatedKey: 'HANDLE' });
});

test('a way in that was left empty is refused by the contract at its field', () => {
  const paths = (facts: Partial<IdentityFormValues>) =>
    createIdentity.body.safeParse(bodyOfNew(values(facts))).error?.issues.map(({ path }) => path.join('.'));
  expect(paths({})).toEqual(['sshKey']);
  expect(paths({ keySource: 'generate' })).toEqual(['generatedKey']);
  expect(paths({ keyMethod: 'none', passwordMethod: 'new' })).toEqual(['password']);
  expect(paths({ keyMethod: 'none' })).toEqual(['type']);
});

test('what stays as it is, is not sent', () => {
  expect(bodyOfChange(valuesOf(stored), stored)).toEqual({ name: 'Deploy key' });
});

test.each<[Partial<IdentityFormValues>, object]>([
  [{ name: 'Other' }, { name: 'Other' }],
  [{ username: '' }, { username: null }],
  [{ organizationId: 8 }, { organizationId: 8 }],
  [{ keyMethod: 'none' }, { type: 'password' }],
  [{ passwordMethod: 'none' }, { type: 'ssh' }],
  [{ passwordMethod: 'new', password: 'p' }, { password: 'p' }],
  [
    { keyMethod: 'new', sshKey: 'K', passphrase: 'p' },
    { sshKey: 'K', passphrase: 'p' },
  ],
  [{ passphrase: 'p' }, { passphrase: 'p' }],
])('the change %j sends %j', (change, body) => {
  const changed = bodyOfChange({ ...valuesOf(stored), ...change }, stored);
  expect(changed).toEqual({ name: 'Deploy key', ...body });
  expect(updateIdentity.body.safeParse(changed).success).toBe(true);
});
