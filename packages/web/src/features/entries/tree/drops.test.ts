import { describe, expect, test } from 'vitest';
import { folder, organizationNode, server } from '../../../../test/rendering/samples.ts';
import { indexOf, type TreeNode } from '../tree-index.ts';
import { rowsOf, type TreeRow } from '../tree-rows.ts';
import { dropOf, nodeOf, operationsOn } from './drops.ts';

const inner = folder(2, [server(1, { folderId: 2 })], { parentId: 1 });
const outer = folder(1, [inner]);
const shared = server(5, { organizationId: 7 });

/** The tree of a person who may or may not add to what the organization shares. */
function treeOf(add: boolean) {
  const can = { add, update: add, delete: add, setDefaultIdentity: add };
  const sharedFolder = folder(6, [], { organizationId: 7, can });
  const index = indexOf([outer, folder(3), server(4), organizationNode(7, 'Ops', [sharedFolder, shared], add)]);
  return { index, rows: rowsOf(index, { collapsed: new Set(), search: '', favourites: [4] }) };
}

const managed = treeOf(true);
const readOnly = treeOf(false);

function row(key: string, { rows } = managed): TreeRow {
  const found = rows.find((one) => one.key === key);
  if (found === undefined) throw new Error(`no row ${key}`);
  return found;
}

function allowed(key: string, dragged: TreeNode, tree = managed): string {
  const operations = operationsOn(tree.index, row(key, tree), dragged);
  const { 'reorder-before': before, 'reorder-after': after, combine } = operations;
  expect(before).toBe(after);
  return [before && 'beside', combine && 'inside'].filter(Boolean).join(' and ') || 'nothing';
}

describe('what dropping a server means', () => {
  test.each([
    ['server-1', 'beside'],
    ['folder-1', 'inside'],
    ['folder-2', 'inside'],
    ['mine', 'inside'],
    ['org-7', 'inside'],
    ['server-5', 'beside'],
    ['server-4', 'nothing'],
    // Favourites have an order of their own.
    ['favourites', 'nothing'],
    ['favourite-4', 'nothing'],
  ])('on %s: %s', (key, what) => {
    expect(allowed(key, server(4))).toBe(what);
  });

  test.each([
    ['org-7', 'nothing'],
    ['folder-6', 'nothing'],
    ['server-5', 'nothing'],
    ['folder-1', 'inside'],
  ])('without the right to change the organization’s, on %s: %s', (key, what) => {
    expect(allowed(key, server(4), readOnly)).toBe(what);
  });
});

describe('what dropping a folder means', () => {
  test.each([
    ['folder-3', 'beside and inside'],
    ['folder-6', 'beside and inside'],
    ['mine', 'inside'],
    ['org-7', 'inside'],
    // Folders stand beside folders.
    ['server-4', 'nothing'],
    // Not into itself or what is in it, and not beside what is in it.
    ['folder-1', 'nothing'],
    ['folder-2', 'nothing'],
  ])('on %s: %s', (key, what) => {
    expect(allowed(key, outer)).toBe(what);
  });

  test('it may go beside the folder that it is in', () => {
    expect(allowed('folder-1', inner)).toBe('beside and inside');
  });
});

describe('where a thing goes', () => {
  test.each([
    ['folder-2', 'combine', { location: { organizationId: null, folderId: 2 } }],
    ['org-7', 'combine', { location: { organizationId: 7, folderId: null } }],
    ['mine', 'combine', { location: { organizationId: null, folderId: null } }],
    [
      'server-1',
      'reorder-before',
      { location: { organizationId: null, folderId: 2 }, beside: { id: 1, placement: 'before' } },
    ],
    [
      'folder-2',
      'reorder-after',
      { location: { organizationId: null, folderId: 1 }, beside: { id: 2, placement: 'after' } },
    ],
    ['server-1', 'combine', undefined],
    ['favourites', 'combine', undefined],
    ['org-7', 'reorder-before', undefined],
  ] as const)('on %s by %s', (key, operation, target) => {
    expect(dropOf(row(key), operation)).toEqual(target);
  });
});

test('lines stand for what can be dragged; headings and favourites for nothing', () => {
  expect(nodeOf(row('folder-2'))).toBe(inner);
  expect(nodeOf(row('server-5'))).toBe(shared);
  for (const key of ['mine', 'org-7', 'favourites', 'favourite-4']) expect(nodeOf(row(key))).toBeUndefined();
});
