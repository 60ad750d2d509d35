import { describe, expect, test } from 'vitest';
import type { EntryChange } from '../../../audit/entry-changes.ts';
import { changesByOthers, changesSince, destinationOf, tagOf, type Destination } from './destination.ts';

const before: Destination = {
  host: 'db.example.org',
  port: 22,
  jumpHosts: ['bastion.example.org:22'],
  username: null,
  hostKeys: ['SHA256:old'],
};
const [me, mallory, jumpId, entryId] = [1, 2, 7, 8];

function update(fields: readonly string[], change: Partial<EntryChange> = {}): EntryChange {
  return { entryId, action: 'entry.update', accountId: mallory, actor: 'mallory', at: '2026-01-02', fields, ...change };
}

function since(recorded: readonly EntryChange[] = [], shown: string | null = null) {
  const hostKey = shown === null ? null : { algorithm: 'ssh-ed25519', fingerprint: shown };
  return { accountId: me, entryId, recorded, shown: hostKey };
}

describe('what was changed since a login', () => {
  test('is nothing where nothing differs, whatever was changed and changed back', () => {
    expect(changesSince(before, before, since([update(['config.ip'])]))).toEqual([]);
  });

  test('names the field, what it was, and who changed it last', () => {
    const now = { ...before, host: 'evil.example.org', username: 'root' };
    const recorded = [update(['config.ip', 'name']), update(['config.username'], { accountId: me, actor: 'me' })];
    expect(changesSince(before, now, since(recorded))).toEqual([
      { field: 'host', before: ['db.example.org'], by: 'mallory', byYou: false, at: '2026-01-02' },
      { field: 'username', before: [], by: 'me', byYou: true, at: '2026-01-02' },
    ]);
  });

  test('says that it does not know who, rather than nothing', () => {
    expect(changesSince(before, { ...before, port: 2222 }, since())).toEqual([
      { field: 'port', before: ['22'], by: null, byYou: false, at: null },
    ]);
  });

  test('is the way, too, where a jump host was led elsewhere', () => {
    const now = { ...before, jumpHosts: ['evil.example.org:22'] };
    expect(changesSince(before, now, since([update(['config.ip'], { entryId: jumpId })]))).toMatchObject([
      { field: 'jumpHosts', by: 'mallory' },
    ]);
  });

  test('is not the way of an entry that was only gone through', () => {
    expect(changesSince({ ...before, jumpHosts: null }, before, since())).toEqual([]);
  });

  test('is not a key that is pinned beside the one that is shown', () => {
    const now = { ...before, hostKeys: ['SHA256:new', 'SHA256:old'] };
    const replaced = [update([], { action: 'host-key.replace' })];
    expect(changesSince(before, now, since(replaced, 'SHA256:old'))).toEqual([]);
    expect(changesSince(before, now, since(replaced, 'SHA256:new'))).toMatchObject([
      { field: 'hostKey', by: 'mallory' },
    ]);
  });
});

test('without an earlier login, what others changed is told, and not what was pinned first', () => {
  const recorded = [
    update(['config.port'], { accountId: me, actor: 'me' }),
    update(['config.ip']),
    update([], { action: 'host-key.pin' }),
  ];
  expect(changesByOthers(since(recorded))).toMatchObject([
    { field: 'host', before: null, by: 'mallory' },
    { field: 'hostKey', by: 'mallory' },
  ]);
  expect(changesByOthers(since([update(['name'])]))).toEqual([]);
});

test('the tag names the place and the way, not the pinned keys', () => {
  const jump = { entry: { host: 'bastion', port: 22, username: undefined } };
  const target = { entry: { host: '::1', port: 22, username: undefined } };
  const tag = (jumps: readonly (typeof jump)[], hostKeys: readonly string[]) =>
    tagOf(destinationOf({ jumps, target }, target, hostKeys));
  expect(tag([jump], [])).toBe(tag([jump], ['SHA256:one']));
  expect(tag([jump], [])).not.toBe(tag([], []));
});
