import type { Entry, FolderNode } from '@gatehouse/contract/entries';

type Node = FolderNode | Entry;

/** A top-level folder of an organization with all servers below it; servers without a folder come last, without a name. */
export interface FolderGroup {
  readonly id: number;
  readonly name: string | undefined;
  readonly servers: readonly Entry[];
}

const outsideOfFolders = 0;

/** The shared servers of an organization, grouped by top-level folder; folders without servers are omitted. */
export function folderGroupsOf(nodes: readonly Node[]): readonly FolderGroup[] {
  const groups: FolderGroup[] = nodes.flatMap((node) =>
    node.type === 'folder' ? [{ id: node.id, name: node.name, servers: serversBelow(node.entries) }] : [],
  );
  const loose = nodes.filter((node) => node.type === 'server');
  return [...groups, { id: outsideOfFolders, name: undefined, servers: loose }].filter(
    ({ servers }) => servers.length > 0,
  );
}

/** The number of servers in the nodes and their folders. */
export function countServers(nodes: readonly Node[]): number {
  return serversBelow(nodes).length;
}

function serversBelow(nodes: readonly Node[]): readonly Entry[] {
  return nodes.flatMap((node) => (node.type === 'folder' ? serversBelow(node.entries) : [node]));
}
