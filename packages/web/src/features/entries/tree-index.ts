import type { Entry, FolderNode, Tree } from '@gatehouse/contract/entries';
import { foldCase } from '../../lib/fold-case.ts';

/** The owner of a node (null: the person) and its folder (null: the top level). */
export interface Location {
  readonly organizationId: number | null;
  readonly folderId: number | null;
}

/** A folder or an entry of the tree. */
export type TreeNode = FolderNode | Entry;

/** The nodes of the person (`organizationId` null) or of one organization. */
export interface TreeOwner {
  readonly key: string;
  readonly organizationId: number | null;
  /** Null for the person. */
  readonly name: string | null;
  /** Whether the person may add servers and folders. */
  readonly canAdd: boolean;
  readonly nodes: readonly TreeNode[];
  readonly serverCount: number;
}

/** A folder with its path. */
export interface IndexedFolder {
  readonly node: FolderNode;
  /** The names from the top to this folder. */
  readonly path: readonly string[];
  /** Servers in it and in the folders below. */
  readonly serverCount: number;
}

interface IndexedEntry {
  readonly entry: Entry;
  /** The text for searches, folded. */
  readonly text: string;
}

/** The tree of servers, indexed for lookups and searches; owners in the order in which they are shown. */
export interface TreeIndex {
  readonly owners: readonly TreeOwner[];
  readonly entries: ReadonlyMap<number, IndexedEntry>;
  readonly folders: ReadonlyMap<number, IndexedFolder>;
}

const known = new WeakMap<Tree, TreeIndex>();

/** The index of a tree, cached by tree. */
export function indexOf(tree: Tree): TreeIndex {
  const index = known.get(tree) ?? makeIndex(tree);
  known.set(tree, index);
  return index;
}

function makeIndex(tree: Tree): TreeIndex {
  const entries = new Map<number, IndexedEntry>();
  const folders = new Map<number, IndexedFolder>();
  function visit(nodes: readonly TreeNode[], path: readonly string[]): number {
    let count = 0;
    for (const node of nodes) {
      if (node.type === 'server') {
        entries.set(node.id, { entry: node, text: searchText(node, path) });
        count++;
      } else {
        const below = [...path, node.name];
        const serverCount = visit(node.entries, below);
        folders.set(node.id, { node, path: below, serverCount });
        count += serverCount;
      }
    }
    return count;
  }
  const mine = tree.filter((node) => node.type !== 'organization');
  const owners: TreeOwner[] = [];
  for (const node of tree)
    if (node.type === 'organization')
      owners.push({
        key: node.id,
        organizationId: Number(node.id.slice('org-'.length)),
        name: node.name,
        canAdd: node.can.add,
        nodes: node.entries,
        serverCount: visit(node.entries, [node.name]),
      });
  owners.push({
    key: 'mine',
    organizationId: null,
    name: null,
    canAdd: true,
    nodes: mine,
    serverCount: visit(mine, []),
  });
  return { owners, entries, folders };
}

function searchText({ name, ip, config }: Entry, path: readonly string[]): string {
  const username = config['username'];
  return foldCase([name, ip, typeof username === 'string' ? username : '', ...path].join('\n'));
}

/** The location of a folder or a server. */
export function locationOf(node: TreeNode): Location {
  const folderId = node.type === 'server' ? node.folderId : node.parentId;
  return { organizationId: node.organizationId, folderId };
}

/** Whether the person may add servers and folders to a location; false for an unknown one. */
export function canAddTo(index: TreeIndex, { organizationId, folderId }: Location): boolean {
  if (folderId !== null) return index.folders.get(folderId)?.node.can.add ?? false;
  return index.owners.find((owner) => owner.organizationId === organizationId)?.canAdd ?? false;
}

/** The nodes of a location, in order. */
export function nodesAt(index: TreeIndex, { organizationId, folderId }: Location): readonly TreeNode[] {
  if (folderId !== null) return index.folders.get(folderId)?.node.entries ?? [];
  return index.owners.find((owner) => owner.organizationId === organizationId)?.nodes ?? [];
}

/** All folders in the order of the tree, each before those inside it. */
export function foldersWithin(nodes: readonly TreeNode[]): FolderNode[] {
  return nodes.flatMap((node) => (node.type === 'folder' ? [node, ...foldersWithin(node.entries)] : []));
}

/** The servers in a folder and the folders below, on which the person may open a terminal. */
export function connectableIn(nodes: readonly TreeNode[]): Entry[] {
  return nodes.flatMap((node) => {
    if (node.type === 'folder') return connectableIn(node.entries);
    return node.can.use.includes('terminal') ? [node] : [];
  });
}

/** The ids of the jump hosts of a server, in order. */
export function jumpHostsOf(config: Entry['config']): readonly number[] {
  const ids: unknown = config['jumpHosts'];
  return Array.isArray(ids) ? ids.filter((id): id is number => typeof id === 'number') : [];
}

/** A text of the configuration; empty if it is not set. */
export function configText(config: Entry['config'], key: string): string {
  const value = config[key];
  return typeof value === 'string' ? value : '';
}
