import type { Tree } from '@gatehouse/contract/entries';
import { describe, expect, test } from 'vitest';
import { folder, organizationNode, server, sshConfig } from '../../../../test/rendering/samples.ts';
import { indexOf } from '../tree-index.ts';
import {
  dependentsOf,
  folderPositions,
  mayContain,
  locationKey,
  locationName,
  locationOfKey,
  sameLocation,
  targetOf,
  type Target,
} from './locations.ts';

const top = { organizationId: null, folderId: null };
const ops = { organizationId: 7, folderId: null };

const below = folder(12, [], { parentId: 11, position: 5 });
const first = folder(11, [below, server(1, { folderId: 11 })], { position: 1024 });
const second = folder(13, [], { position: 2048 });
const third = folder(14, [], { position: 2049 });
const tree: Tree = [
  first,
  second,
  third,
  server(2),
  server(3, { config: sshConfig({ jumpHosts: [2] }) }),
  organizationNode(7, 'Ops', [folder(15, [server(4, { organizationId: 7, folderId: 15 })], { organizationId: 7 })]),
];
const index = indexOf(tree);

describe('targetOf', () => {
  test.each([
    ['the first folder', first, { id: 13, placement: 'before' }],
    ['the last folder', third, { id: 13, placement: 'after' }],
    ['the first server', server(2), { id: 3, placement: 'before' }],
    ['the last server', server(3), { id: 2, placement: 'after' }],
  ])('%s goes back beside its neighbour of the same kind', (_, node, beside) => {
    expect(targetOf(index, node)).toEqual({ location: top, beside });
  });

  test('what is alone goes back to its place', () => {
    expect(targetOf(index, below)).toEqual({ location: { organizationId: null, folderId: 11 } });
    expect(targetOf(index, server(4, { organizationId: 7, folderId: 15 }))).toEqual({
      location: { organizationId: 7, folderId: 15 },
    });
  });
});

describe('folderPositions', () => {
  const positions = (target: Target, moved = below) => [...folderPositions(index, moved, target)];
  const beside = (id: number, placement: 'before' | 'after'): Target => ({ location: top, beside: { id, placement } });

  test('takes the middle between its new neighbours', () => {
    expect(positions(beside(13, 'before'))).toEqual([[12, 1536]]);
    expect(positions(beside(11, 'after'))).toEqual([[12, 1536]]);
  });

  test('leaves room on both sides at the beginning and at the end', () => {
    expect(positions(beside(11, 'before'))).toEqual([[12, 512]]);
    expect(positions(beside(14, 'after'))).toEqual([[12, 2049 + 1024]]);
    expect(positions({ location: top })).toEqual([[12, 2049 + 1024]]);
  });

  test('gives all of them new positions where there is no room', () => {
    expect(positions(beside(14, 'before'))).toEqual([
      [11, 1024],
      [13, 2048],
      [12, 3072],
      [14, 4096],
    ]);
  });

  test('a folder does not stand in its own way', () => {
    expect(positions(beside(14, 'after'), second)).toEqual([[13, 2049 + 1024]]);
    expect(positions(beside(11, 'before'), first)).toEqual([[11, 2049 + 1024]]);
  });

  test('the first folder of a place stands in the middle of it', () => {
    expect(positions({ location: { organizationId: null, folderId: 13 } })).toEqual([[12, 1024]]);
  });

  test('positions that are all the same are told apart', () => {
    const same = indexOf([1, 2, 3].map((id) => folder(id, [], { position: 0 })));
    const moved = folderPositions(same, folder(3), beside(2, 'before'));
    expect([...moved].sort(([, one], [, other]) => one - other).map(([id]) => id)).toEqual([1, 3, 2]);
  });

  test('stay whole numbers that a server takes, however often the same gap is halved', () => {
    let at = 2048;
    for (let times = 0; times < 12; times++) {
      const halved = indexOf([folder(1, [], { position: 1024 }), folder(2, [], { position: at })]);
      const moved = folderPositions(halved, folder(3), beside(2, 'before'));
      for (const position of moved.values()) expect(Number.isInteger(position) && position > 0).toBe(true);
      const [one, three, two] = [1, 3, 2].map((id) => moved.get(id) ?? (id === 1 ? 1024 : at));
      expect([one, three, two]).toEqual([one, three, two].toSorted((a = 0, b = 0) => a - b));
      at = three ?? 0;
    }
  });
});

describe('mayHold', () => {
  test.each([
    ['itself', first, 11, false],
    ['what is in it', first, 12, false],
    ['another folder', first, 13, true],
    ['the top', first, null, true],
    ['the folder that it is in', below, 11, true],
  ])('a folder and %s', (_, node, folderId, may) => {
    expect(mayContain(index, node, { organizationId: null, folderId })).toBe(may);
  });

  test('a server goes anywhere', () => {
    expect(mayContain(index, server(1, { folderId: 11 }), { organizationId: null, folderId: 11 })).toBe(true);
  });
});

describe('places as text', () => {
  test.each([
    [top, 'mine', undefined],
    [ops, 'org-7', 'Ops'],
    [{ organizationId: null, folderId: 12 }, 'folder-12', 'folder-11 / folder-12'],
    [{ organizationId: 7, folderId: 15 }, 'folder-15', 'Ops / folder-15'],
  ])('%j is %s, called %s', (location, key, name) => {
    expect(locationKey(location)).toBe(key);
    expect(locationOfKey(index, key)).toEqual(location);
    expect(locationName(index, location)).toBe(name);
  });

  test('a folder that is gone belongs to nobody else', () => {
    expect(locationOfKey(index, 'folder-99')).toEqual({ organizationId: null, folderId: 99 });
    expect(locationName(index, { organizationId: 7, folderId: 99 })).toBeUndefined();
    expect(locationName(index, { organizationId: 99, folderId: null })).toBeUndefined();
  });

  test('two places are the same by owner and folder', () => {
    expect(sameLocation(top, { ...top })).toBe(true);
    expect(sameLocation(top, ops)).toBe(false);
    expect(sameLocation(ops, { organizationId: 7, folderId: 15 })).toBe(false);
  });
});

test('servers elsewhere that are reached through these are named, those among them are not', () => {
  expect(dependentsOf(index, new Set([2])).map(({ id }) => id)).toEqual([3]);
  expect(dependentsOf(index, new Set([2, 3]))).toEqual([]);
  expect(dependentsOf(index, new Set())).toEqual([]);
});
