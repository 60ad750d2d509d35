import type { Tree } from '@gatehouse/contract/entries';
import { describe, expect, test } from 'vitest';
import { folder, organizationNode, server, sshConfig } from '../../../test/rendering/samples.ts';
import { configText, foldersWithin, indexOf, jumpHostsOf, nodesAt, locationOf } from './tree-index.ts';

const attic = folder(2, [server(1, { name: 'Lab-Pi', folderId: 2 })], { name: 'Attic', parentId: 1 });
const home = folder(1, [attic, server(2, { name: 'nas', folderId: 1 })], { name: 'Home' });
const shared = server(4, { name: 'web', organizationId: 7, config: sshConfig({ username: 'Deploy' }) });
const tree: Tree = [
  organizationNode(7, 'Ops', [folder(3, [shared], { name: 'Live', organizationId: 7 })]),
  home,
  server(3),
  organizationNode(8, 'Empty', []),
];

describe('indexOf', () => {
  test('makes a shelf of each organization in the order of the tree, and one of what is the person’s own at the end', () => {
    expect(indexOf(tree).owners.map(({ key, organizationId, name }) => [key, organizationId, name])).toEqual([
      ['org-7', 7, 'Ops'],
      ['org-8', 8, 'Empty'],
      ['mine', null, null],
    ]);
  });

  test('counts the servers of a shelf and of a folder with those below', () => {
    const { owners, folders } = indexOf(tree);
    expect(owners.map(({ serverCount }) => serverCount)).toEqual([1, 0, 3]);
    expect([1, 2, 3].map((id) => folders.get(id)?.serverCount)).toEqual([2, 1, 1]);
  });

  test('finds every server and every folder by its number, however deep it is', () => {
    const { entries, folders } = indexOf(tree);
    expect([...entries.keys()].sort()).toEqual([1, 2, 3, 4]);
    expect(folders.get(2)).toMatchObject({ path: ['Home', 'Attic'] });
    expect(folders.get(3)?.path).toEqual(['Ops', 'Live']);
    expect(entries.get(9)).toBeUndefined();
  });

  test('searches name, address, user name and the names above in lower case', () => {
    const { entries } = indexOf(tree);
    expect(entries.get(1)?.text.split('\n')).toEqual(['lab-pi', '10.0.0.1', '', 'home', 'attic']);
    expect(entries.get(4)?.text.split('\n')).toEqual(['web', '10.0.0.4', 'deploy', 'ops', 'live']);
  });

  test('a user name that is no text is not searched', () => {
    const odd = server(5, { config: sshConfig({ username: 42 }) });
    expect(indexOf([odd]).entries.get(5)?.text).not.toContain('42');
  });

  test('is made once for each tree', () => {
    expect(indexOf(tree)).toBe(indexOf(tree));
    expect(indexOf([...tree])).not.toBe(indexOf(tree));
  });

  test('of an empty tree there is one empty shelf', () => {
    const { owners, entries } = indexOf([]);
    expect(owners).toMatchObject([{ key: 'mine', serverCount: 0, nodes: [] }]);
    expect(entries.size).toBe(0);
  });
});

describe('places', () => {
  test('a server is in its folder, a folder in the folder above it', () => {
    expect(locationOf(server(9, { folderId: 3, organizationId: 7 }))).toEqual({ organizationId: 7, folderId: 3 });
    expect(locationOf(attic)).toEqual({ organizationId: null, folderId: 1 });
    expect(locationOf(home)).toEqual({ organizationId: null, folderId: null });
  });

  test.each([
    [{ organizationId: null, folderId: null }, [1, 3]],
    [{ organizationId: null, folderId: 1 }, [2, 2]],
    [{ organizationId: 7, folderId: null }, [3]],
    [{ organizationId: 7, folderId: 3 }, [4]],
    [{ organizationId: 8, folderId: null }, []],
    [{ organizationId: 99, folderId: null }, []],
    [{ organizationId: null, folderId: 99 }, []],
  ])('at %j there are %j', (location, ids) => {
    expect(nodesAt(indexOf(tree), location).map(({ id }) => id)).toEqual(ids);
  });

  test('lists folders each before those inside it, and no servers', () => {
    expect(foldersWithin(nodesAt(indexOf(tree), locationOf(home))).map(({ name }) => name)).toEqual(['Home', 'Attic']);
    expect(foldersWithin([server(1)])).toEqual([]);
  });
});

describe('what a configuration holds', () => {
  test.each([
    [{}, []],
    [{ jumpHosts: [3, 2] }, [3, 2]],
    [{ jumpHosts: [3, '2', null, 5] }, [3, 5]],
    [{ jumpHosts: '3' }, []],
    [{ jumpHosts: { 0: 3 } }, []],
  ])('of %j the jump hosts are %j', (facts, ids) => {
    expect(jumpHostsOf(sshConfig(facts))).toEqual(ids);
  });

  test.each([
    [{ notes: 'rack 4' }, 'rack 4'],
    [{ notes: null }, ''],
    [{ notes: 4 }, ''],
    [{}, ''],
  ])('of %j the notes read %j', (facts, text) => {
    expect(configText(sshConfig(facts), 'notes')).toBe(text);
  });
});
