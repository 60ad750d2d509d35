import { describe, expect, test } from 'vitest';
import { openConnection } from './connections.ts';
import { confirmLink, createEntry, listEntries, repositionEntry, updateEntry } from './entries.ts';
import { importSshConfig } from './ssh-config-import.ts';
import { putHostKeys } from './entry-host-keys.ts';
import { createFolder, updateFolder } from './folders.ts';
import { createOrganization } from './organizations.ts';
import { faultsOf, refusedFields } from './testdata/faults.ts';

const server = { name: 'web-1', config: { ip: 'web-1.example' } };

describe('a new server', () => {
  test('has a name and a host, and the rest by default', () => {
    expect(createEntry.body.parse(server)).toEqual({
      name: 'web-1',
      config: { protocol: 'ssh', ip: 'web-1.example', port: 22 },
    });
  });

  test.each<[string, string, unknown]>([
    ['no name', 'name', ''],
    ['a name that is too long', 'name', 'a'.repeat(256)],
    ['a type that is not served', 'type', 'container'],
    ['an icon that is too long', 'icon', 'a'.repeat(51)],
    ['a folder that is no id', 'folderId', 'attic'],
    ['a place below the first', 'position', -1],
    ['a place that does not fit', 'position', 2 ** 31],
    ['more than 50 identities', 'identities', Array.from({ length: 51 }, (_, index) => index + 1)],
    ['a field that does not exist', 'ip', 'web-1.example'],
  ])('is refused with %s', (_, field, value) => {
    expect(refusedFields(createEntry.body, { ...server, [field]: value })).toEqual([field]);
  });

  test('tells where in its configuration the fault is', () => {
    expect(refusedFields(createEntry.body, { ...server, config: { ip: 'a b', port: 0 } })).toEqual([
      'config.ip',
      'config.port',
    ]);
  });
});

test.each([
  ['a server', updateEntry.body],
  ['a folder', updateFolder.body],
])('a change of %s names a field, and a name is never empty', (_, body) => {
  expect(faultsOf(body, { name: 'other' })).toEqual([]);
  expect(faultsOf(body, {})).toEqual([': must change at least one field']);
  expect(refusedFields(body, { name: ' ' })).toEqual(['name']);
});

test.each([
  [{ flat: 'true', limit: '1000', cursor: 'abc' }, []],
  [{ flat: 'yes' }, ['flat']],
  [{ limit: '1001' }, ['limit']],
  [{ cursor: 'a b' }, ['cursor']],
])('servers are listed by %j but for %j', (query, refused) => {
  expect(refusedFields(listEntries.query, query)).toEqual(refused);
});

test('a page of servers holds a hundred unless told', () => {
  expect(listEntries.query.parse({})).toEqual({ limit: 100 });
});

test('what is put elsewhere says where', () => {
  expect(faultsOf(repositionEntry.body, { targetId: 7, placement: 'before' })).toEqual([]);
  expect(faultsOf(repositionEntry.body, { folderId: null })).toEqual([]);
  expect(faultsOf(repositionEntry.body, {})).toEqual([': must name a folder, an organization or another entry']);
  expect(refusedFields(repositionEntry.body, { placement: 'inside' })).toEqual(['placement']);
});

test('a link is confirmed with or without what was shown', () => {
  for (const body of [undefined, null, {}, { binding: 'abc' }]) expect(faultsOf(confirmLink.body, body)).toEqual([]);
  expect(refusedFields(confirmLink.body, { binding: 'a'.repeat(65) })).toEqual(['binding']);
  expect(refusedFields(confirmLink.body, { force: true })).toEqual(['force']);
});

test('an import has a text of at most 128 Ki characters, and changes something unless told', () => {
  expect(importSshConfig.body.parse({ text: 'Host a' })).toEqual({ text: 'Host a', dryRun: false });
  expect(faultsOf(importSshConfig.body, { text: 'a'.repeat(128 * 1024) })).toEqual([]);
  for (const text of ['', 'a'.repeat(128 * 1024 + 1), null])
    expect(refusedFields(importSshConfig.body, { text })).toEqual(['text']);
});

describe('a folder', () => {
  test.each<[string, unknown]>([
    ['name', 'a'.repeat(51)],
    ['parentId', 0],
    ['hostKeyPolicy', 'never'],
    ['defaultIdentityId', 'first'],
    ['children', []],
  ])('is refused with its %s %j', (field, value) => {
    expect(refusedFields(createFolder.body, { name: 'Racks', [field]: value })).toEqual([field]);
  });

  test('may have none of what it hands down', () => {
    const none = { name: 'Racks', parentId: null, defaultIdentityId: null, hostKeyPolicy: null };
    expect(createFolder.body.parse(none)).toEqual(none);
  });
});

test.each<[object, string[]]>([
  [{ name: 'Ops' }, []],
  [{ name: 'Ops', description: 'Two\nlines' }, []],
  [{ name: '' }, ['name']],
  [{ name: 'a'.repeat(101) }, ['name']],
  [{ name: 'Ops', description: 'a'.repeat(501) }, ['description']],
  [{ name: 'Ops', ownerId: 1 }, ['ownerId']],
])('an organization may be %j but for %j', (body, refused) => {
  expect(refusedFields(createOrganization.body, body)).toEqual(refused);
});

test('host keys are one to a hundred lines, none of them longer than 4 KiB', () => {
  expect(faultsOf(putHostKeys.body, { keys: Array.from({ length: 100 }, () => 'ssh-ed25519 AAAA') })).toEqual([]);
  expect(refusedFields(putHostKeys.body, { keys: [] })).toEqual(['keys']);
  expect(refusedFields(putHostKeys.body, { keys: Array.from({ length: 101 }, () => 'x') })).toEqual(['keys']);
  expect(refusedFields(putHostKeys.body, { keys: ['x', ''] })).toEqual(['keys.1']);
  expect(refusedFields(putHostKeys.body, { keys: ['a'.repeat(4_097)] })).toEqual(['keys.0']);
});

describe('a terminal', () => {
  test('has a size unless told', () => {
    expect(openConnection.body.parse({ entryId: '7' })).toEqual({ entryId: 7, type: 'terminal', cols: 80, rows: 24 });
  });

  test.each<[string, unknown]>([
    ['cols', 0],
    ['rows', 1001],
    ['type', 'exec'],
    ['reason', 'a'.repeat(501)],
    ['identityId', 'first'],
    ['shell', 'zsh'],
  ])('is refused with its %s %j', (field, value) => {
    expect(refusedFields(openConnection.body, { entryId: 7, [field]: value })).toEqual([field]);
  });

  test.each<[string, unknown]>([
    ['username', ''],
    ['password', ''],
    ['sshKey', '\ud800'],
    ['passphrase', 'a'.repeat(64 * 1024 + 1)],
  ])('is refused where the %s to log in with is not right', (field, value) => {
    const directIdentity = { username: 'root', [field]: value };
    expect(refusedFields(openConnection.body, { entryId: 7, directIdentity })).toEqual([`directIdentity.${field}`]);
  });
});
