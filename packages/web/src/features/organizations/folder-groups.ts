import type { Entry, FolderNode } from '@gatehouse/contract/entries';

type Node = FolderNode | Entry;

/** A folder at the top of an organization with all servers below it; those in no folder come last, with no name. */
export interface FolderGroup {
  readonly id: number;
  readonly name: string | undefined;
  readonly servers: readonly Entry[];
}

const outsideOfFolders = 0;

/** What an organization shares, by the folders at its top; folders without servers are left out. */
export function folderGroupsOf(nodes: readonly Node[]): readonly FolderGroup[] {
  const groups: FolderGroup[] = nodes.flatMap((node) =>
    node.type === 'folder' ? [{ id: node.id, name: node.name, servers: serversBelow(node.entries) }] : [],
  );
  const loose = nodes.filter((node) => node.type === 'server');
  return [...groups, { id: outsideOfFolders, name: undefined, servers: loose }].filter(
    ({ servers }) => servers.length > 0,
  );
}

/** Entries in the nodes and in the folders below them. */
export function countServers(nodes: readonly Node[]): number {
  return serversBelow(nodes).length;
}

function serversBelow(nodes: readonly Node[]): readonly Entry[] {
  return nodes.flatMap((node) => (node.type === 'folder' ? serversBelow(node.entries) : [node]));
}
