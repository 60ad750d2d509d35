import { describe, expect, test } from 'vitest';
import { mergeChanges } from './merge-changes.ts';

const base = {
  name: 'web',
  place: { folder: 1, owner: null as number | null },
  config: { ip: 'a', port: '22' },
  ids: [1, 2],
};
const merge = (mine: object, theirs: object) =>
  mergeChanges({ base, mine: { ...base, ...mine }, theirs: { ...base, ...theirs } }, ['place']);

describe('two changes of the same values', () => {
  test('of different fields are both kept', () => {
    const { merged, conflicts } = merge(
      { config: { ip: 'a', port: '23' } },
      { name: 'new', config: { ip: 'b', port: '22' } },
    );
    expect(merged).toEqual({ ...base, name: 'new', config: { ip: 'b', port: '23' } });
    expect(conflicts).toEqual([]);
  });

  test('that are the same are no conflict', () => {
    expect(merge({ ids: [2] }, { ids: [2] })).toEqual({ merged: { ...base, ids: [2] }, conflicts: [] });
  });

  test('of one field are a conflict, and mine stays until I decide', () => {
    const { merged, conflicts } = merge(
      { name: 'mine', config: { ip: 'a', port: '1' } },
      { name: 'theirs', config: { ip: 'a', port: '2' } },
    );
    expect(merged).toMatchObject({ name: 'mine', config: { port: '1' } });
    expect(conflicts).toEqual([
      { path: 'name', theirs: 'theirs' },
      { path: 'config.port', theirs: '2' },
    ]);
  });

  test('of a list or of what belongs together are not mixed', () => {
    const { merged, conflicts } = merge(
      { ids: [1], place: { folder: 2, owner: null } },
      { ids: [2], place: { folder: 1, owner: 7 } },
    );
    expect(merged).toMatchObject({ ids: [1], place: { folder: 2, owner: null } });
    expect(conflicts.map(({ path }) => path)).toEqual(['place', 'ids']);
  });
});
