import type { Entry, FolderNode } from '@gatehouse/contract/entries';
import { expect, test } from 'vitest';
import { countServers, shelvesOf } from './shelves.ts';

const server = (id: number): Entry => ({
  type: 'server',
  id,
  icon: null,
  name: `web-${id}`,
  status: 'unknown',
  position: 0,
  renderer: null,
  tags: [],
  identities: [],
  protocol: 'ssh',
  ip: '10.0.0.1',
  config: { protocol: 'ssh', ip: '10.0.0.1', port: 22 },
  folderId: null,
  organizationId: 1,
  can: { use: [], update: false, move: false, delete: false, duplicate: false, manageHostKeys: false },
});

const folder = (id: number, entries: FolderNode['entries']): FolderNode => ({
  id,
  name: `folder ${id}`,
  type: 'folder',
  position: 0,
  parentId: null,
  organizationId: 1,
  defaultIdentityId: null,
  hostKeyPolicy: null,
  can: { add: false, update: false, delete: false, setDefaultIdentity: false },
  entries,
});

test('servers deep in a folder stand under the folder at the top, loose ones last', () => {
  const nodes = [server(1), folder(10, [server(2), folder(11, [server(3)])]), folder(12, [])];
  expect(shelvesOf(nodes).map(({ name, servers }) => [name, servers.map(({ id }) => id)])).toEqual([
    ['folder 10', [2, 3]],
    [undefined, [1]],
  ]);
  expect(countServers(nodes)).toBe(3);
});
