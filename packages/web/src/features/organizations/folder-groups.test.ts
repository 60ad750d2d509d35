import { expect, test } from 'vitest';
import { folder, server } from '../../../test/rendering/samples.ts';
import { countServers, folderGroupsOf } from './folder-groups.ts';

test('servers deep in a folder stand under the folder at the top, loose ones last', () => {
  const nodes = [server(1), folder(10, [server(2), folder(11, [server(3)])]), folder(12, [])];
  expect(folderGroupsOf(nodes).map(({ name, servers }) => [name, servers.map(({ id }) => id)])).toEqual([
    ['folder-10', [2, 3]],
    [undefined, [1]],
  ]);
  expect(countServers(nodes)).toBe(3);
});
