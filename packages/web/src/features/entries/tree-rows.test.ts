import type { Tree } from '@gatehouse/contract/entries';
import { expect, test } from 'vitest';
import { folder, organizationNode, server } from '../../../test/rendering/samples.ts';
import { indexOf } from './tree-index.ts';
import { nameOf, parentOf, rowsOf, typedAhead, type TreeView } from './tree-rows.ts';

const tree: Tree = [
  folder(1, [folder(2, [server(1, { name: 'lab-pi' })], { name: 'Attic' }), server(2, { name: 'home-nas' })], {
    name: 'Home',
  }),
  server(3, { name: 'laptop' }),
  organizationNode(7, 'Ops', [server(4, { name: 'web-1', ip: '192.168.7.7' })]),
];
const everything: TreeView = { collapsed: new Set(), search: '', favourites: [] };

function shown(view: Partial<TreeView>): string[] {
  return rowsOf(indexOf(tree), { ...everything, ...view }).map((row) => `${row.level} ${nameOf(row) || row.key}`);
}

test('shows favourites, then organizations, then what is one’s own, folders with what is in them', () => {
  expect(shown({ favourites: [2, 99] })).toEqual([
    '1 favourites',
    '2 home-nas',
    '1 Ops',
    '2 web-1',
    '1 mine',
    '2 Home',
    '3 Attic',
    '4 lab-pi',
    '3 home-nas',
    '2 laptop',
  ]);
});

test('hides what is in a collapsed folder, and counts it', () => {
  expect(shown({ collapsed: new Set(['folder-1', 'org-7']) })).toEqual(['1 Ops', '1 mine', '2 Home', '2 laptop']);
  const rows = rowsOf(indexOf(tree), { ...everything, collapsed: new Set(['folder-1']) });
  expect(rows.find(({ key }) => key === 'folder-1')).toMatchObject({ count: 2, expanded: false });
});

test('searches names, addresses and folders for all words, and unfolds what matches', () => {
  const collapsed = new Set(['folder-1']);
  expect(shown({ search: 'attic PI', collapsed })).toEqual(['1 mine', '2 Home', '3 Attic', '4 lab-pi']);
  expect(shown({ search: '192.168' })).toEqual(['1 Ops', '2 web-1']);
  expect(shown({ search: 'nowhere' })).toEqual([]);
});

test('tells each row its place among its siblings', () => {
  const rows = rowsOf(indexOf(tree), everything);
  expect(rows.find(({ key }) => key === 'server-3')).toMatchObject({ posInSet: 2, setSize: 2 });
  expect(rows.find(({ key }) => key === 'mine')).toMatchObject({ posInSet: 2, setSize: 2 });
});

test('finds the row that a row is in', () => {
  const rows = rowsOf(indexOf(tree), everything);
  const position = rows.findIndex(({ key }) => key === 'server-1');
  expect(rows[parentOf(rows, position) ?? -1]?.key).toBe('folder-2');
  expect(parentOf(rows, 0)).toBeUndefined();
});

test('goes to the next name that begins with what was typed, around the end', () => {
  const rows = rowsOf(indexOf(tree), everything);
  const at = (key: string) => rows.findIndex((row) => row.key === key);
  expect(typedAhead(rows, at('server-1'), 'l')).toBe(at('server-3'));
  expect(typedAhead(rows, at('server-3'), 'l')).toBe(at('server-1'));
  expect(typedAhead(rows, at('server-3'), 'la')).toBe(at('server-3'));
  expect(typedAhead(rows, 0, 'x')).toBeUndefined();
});
