import type { Entry, FolderNode, Tree } from '@gatehouse/contract/entries';
import { foldCase } from '../../lib/fold-case.ts';

/** Whom a thing belongs to (null: the person) and in which folder it is (null: in none). */
export interface Location {
  readonly organizationId: number | null;
  readonly folderId: number | null;
}

/** A folder or an entry of the tree. */
export type TreeNode = FolderNode | Entry;

/** What belongs to the person (`organizationId` null) or to one organization. */
export interface TreeOwner {
  readonly key: string;
  readonly organizationId: number | null;
  /** Null for what is the person's own. */
  readonly name: string | null;
  /** Whether the person may add servers and folders. */
  readonly canAdd: boolean;
  readonly nodes: readonly TreeNode[];
  readonly serverCount: number;
}

/** A folder with what is above it. */
export interface IndexedFolder {
  readonly node: FolderNode;
  /** The names from the top to this folder. */
  readonly path: readonly string[];
  /** Servers in it and in the folders below. */
  readonly serverCount: number;
}

interface IndexedEntry {
  readonly entry: Entry;
  /** What a search looks at, in lower case. */
  readonly text: string;
}

/** The tree of servers, prepared for being looked up and searched; shelves in the order in which they are shown. */
export interface TreeIndex {
  readonly owners: readonly TreeOwner[];
  readonly entries: ReadonlyMap<number, IndexedEntry>;
  readonly folders: ReadonlyMap<number, IndexedFolder>;
}

const known = new WeakMap<Tree, TreeIndex>();

/** The index of a tree; made once for each. */
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

/** Where a folder or a server is. */
export function locationOf(node: TreeNode): Location {
  const folderId = node.type === 'server' ? node.folderId : node.parentId;
  return { organizationId: node.organizationId, folderId };
}

/** Whether the person may add servers and folders to a place; to one that is not there, no. */
export function canAddTo(index: TreeIndex, { organizationId, folderId }: Location): boolean {
  if (folderId !== null) return index.folders.get(folderId)?.node.can.add ?? false;
  return index.owners.find((owner) => owner.organizationId === organizationId)?.canAdd ?? false;
}

/** What is at a place, in order. */
export function nodesAt(index: TreeIndex, { organizationId, folderId }: Location): readonly TreeNode[] {
  if (folderId !== null) return index.folders.get(folderId)?.node.entries ?? [];
  return index.owners.find((owner) => owner.organizationId === organizationId)?.nodes ?? [];
}

/** The folders of a shelf in the order of the tree, each before those inside it. */
export function foldersWithin(nodes: readonly TreeNode[]): FolderNode[] {
  return nodes.flatMap((node) => (node.type === 'folder' ? [node, ...foldersWithin(node.entries)] : []));
}

/** The ids of the jump hosts of a server, in order. */
export function jumpHostsOf(config: Entry['config']): readonly number[] {
  const ids: unknown = config['jumpHosts'];
  return Array.isArray(ids) ? ids.filter((id): id is number => typeof id === 'number') : [];
}

/** A text of the configuration; empty where there is none. */
export function configText(config: Entry['config'], key: string): string {
  const value = config[key];
  return typeof value === 'string' ? value : '';
}
