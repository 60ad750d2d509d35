import type { Entry, FolderNode } from '@gatehouse/contract/entries';
import {
  foldersWithin,
  jumpHostsOf,
  nodesAt,
  locationOf,
  type Location,
  type TreeIndex,
  type TreeNode,
} from '../tree-index.ts';

const positionStep = 1024;

/** The target of a move: a location, and there a position beside a sibling, else the last one. */
export interface Target {
  readonly location: Location;
  readonly beside?: { readonly id: number; readonly placement: 'before' | 'after' };
}

/** The present position of a node, so that a move can be undone. */
export function targetOf(index: TreeIndex, node: TreeNode): Target {
  const location = locationOf(node);
  const siblings = siblingsAt(index, location, node.type);
  const at = siblings.findIndex(({ id }) => id === node.id);
  const next = siblings[at + 1];
  const previous = siblings[at - 1];
  if (next !== undefined) return { location, beside: { id: next.id, placement: 'before' } };
  if (previous !== undefined) return { location, beside: { id: previous.id, placement: 'after' } };
  return { location };
}

/** The servers, or the folders, of a location in order. */
function siblingsAt(index: TreeIndex, location: Location, type: TreeNode['type']): readonly TreeNode[] {
  return nodesAt(index, location).filter((node) => node.type === type);
}

/**
 * The new positions of folders that put one beside another: only its own if there is room between its new neighbours, else all of them. By
 * folder id.
 */
export function folderPositions(
  index: TreeIndex,
  folder: FolderNode,
  { location, beside }: Target,
): Map<number, number> {
  const others = siblingsAt(index, location, 'folder').filter(({ id }) => id !== folder.id);
  const at = others.findIndex(({ id }) => id === beside?.id);
  const to = at === -1 ? others.length : at + (beside?.placement === 'before' ? 0 : 1);
  const low = others[to - 1]?.position ?? 0;
  const high = others[to]?.position ?? low + 2 * positionStep;
  const middle = Math.floor((low + high) / 2);
  if (middle > low && middle < high) return new Map([[folder.id, middle]]);
  const ordered = others.toSpliced(to, 0, folder);
  return new Map(ordered.map(({ id }, position) => [id, (position + 1) * positionStep]));
}

/** Whether a location can contain a node: a folder cannot be moved into itself or its descendants. */
export function mayContain(index: TreeIndex, node: TreeNode, { folderId }: Location): boolean {
  if (node.type === 'server' || folderId === null) return true;
  return node.id !== folderId && foldersWithin(node.entries).every(({ id }) => id !== folderId);
}

/** Whether both are the same folder of the same owner. */
export function sameLocation(one: Location, other: Location): boolean {
  return one.organizationId === other.organizationId && one.folderId === other.folderId;
}

/** A location as one string, for a select: `mine`, `org-7`, `folder-3`. */
export function locationKey({ organizationId, folderId }: Location): string {
  if (folderId !== null) return `folder-${folderId}`;
  return organizationId === null ? 'mine' : `org-${organizationId}`;
}

/** The location of a `locationKey`. A folder that does not exist any more counts as personal. */
export function locationOfKey(index: TreeIndex, key: string): Location {
  const id = Number(key.slice(key.indexOf('-') + 1));
  if (key.startsWith('org-')) return { organizationId: id, folderId: null };
  if (!key.startsWith('folder-')) return { organizationId: null, folderId: null };
  return { organizationId: index.folders.get(id)?.node.organizationId ?? null, folderId: id };
}

/** The name of a location: the path of its folder, else its organization; undefined for the top level of the person's own servers. */
export function locationName(index: TreeIndex, { organizationId, folderId }: Location): string | undefined {
  if (folderId !== null) return index.folders.get(folderId)?.path.join(' / ');
  return index.owners.find((owner) => owner.organizationId === organizationId)?.name ?? undefined;
}

/** Other servers that use one of these as a jump host. */
export function dependentsOf(index: TreeIndex, entryIds: ReadonlySet<number>): Entry[] {
  return [...index.entries.values()]
    .map(({ entry }) => entry)
    .filter((entry) => !entryIds.has(entry.id) && jumpHostsOf(entry.config).some((id) => entryIds.has(id)));
}
