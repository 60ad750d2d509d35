import { createEntry, type Entry } from '@gatehouse/contract/entries';
import { expect, test } from 'vitest';
import { bodyOf, newValues, valuesOf } from './values.ts';

const mine = { organizationId: null, folderId: null };

test('sends what was typed, and nothing for what was left empty', () => {
  const values = newValues(mine, { host: 'web-1', port: 2222, username: 'deploy', jumps: [] }, [4]);
  expect(createEntry.body.parse(bodyOf(values))).toMatchObject({
    name: 'web-1',
    folderId: null,
    organizationId: null,
    config: { protocol: 'ssh', ip: 'web-1', port: 2222, username: 'deploy', jumpHosts: [4] },
  });
  const body = JSON.stringify(createEntry.body.parse(bodyOf(values)));
  expect(body).not.toContain('notes');
  expect(body).not.toContain('legacyAlgorithms');
});

test('keeps what the form does not know of the configuration', () => {
  const entry: Entry = {
    type: 'server',
    id: 1,
    name: 'nas',
    ip: 'nas',
    icon: null,
    status: 'unknown',
    position: 1,
    renderer: 'terminal',
    tags: [],
    identities: [3, 2],
    protocol: 'sftp',
    config: { protocol: 'sftp', ip: 'nas', port: 22, hostKeyPolicy: 'strict', ownKey: { deep: 1 }, notes: 'old' },
    folderId: 9,
    organizationId: 7,
    can: { use: [], update: false, move: false, delete: false, duplicate: false, manageHostKeys: false },
  };
  const values = valuesOf(entry);
  values.config.notes = '';
  values.config.hostKeyPolicy = '';
  const body = createEntry.body.parse(bodyOf(values, entry.config));
  expect(body).toMatchObject({ folderId: 9, organizationId: 7, identities: [3, 2] });
  expect(body).toMatchObject({ config: { protocol: 'sftp', ownKey: { deep: 1 } } });
  expect(JSON.stringify(body)).not.toMatch(/notes|hostKeyPolicy/);
});

test('refuses a port that is no number, at its field', () => {
  const values = newValues(mine, undefined);
  values.config.port = '22a';
  const issues = createEntry.body.safeParse(bodyOf(values)).error?.issues ?? [];
  expect(issues.map(({ path }) => path.join('.'))).toEqual(
    expect.arrayContaining(['name', 'config.ip', 'config.port']),
  );
});
