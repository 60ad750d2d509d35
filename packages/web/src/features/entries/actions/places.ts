import type { Entry, FolderNode } from '@gatehouse/contract/entries';
import {
  foldersWithin,
  jumpHostsOf,
  nodesAt,
  placeOf,
  type Place,
  type TreeIndex,
  type TreeNode,
} from '../tree-index.ts';

const positionStep = 1024;

/** Where a thing shall be: a place, and there beside a sibling, else last. */
export interface Target {
  readonly place: Place;
  readonly beside?: { readonly id: number; readonly placement: 'before' | 'after' };
}

/** Where a thing is now, so that it can be put back. */
export function targetOf(index: TreeIndex, node: TreeNode): Target {
  const place = placeOf(node);
  const siblings = siblingsAt(index, place, node.type);
  const at = siblings.findIndex(({ id }) => id === node.id);
  const next = siblings[at + 1];
  const previous = siblings[at - 1];
  if (next !== undefined) return { place, beside: { id: next.id, placement: 'before' } };
  if (previous !== undefined) return { place, beside: { id: previous.id, placement: 'after' } };
  return { place };
}

/** The servers, or the folders, at a place in order. */
function siblingsAt(index: TreeIndex, place: Place, type: TreeNode['type']): readonly TreeNode[] {
  return nodesAt(index, place).filter((node) => node.type === type);
}

/**
 * The positions to give folders so that one comes to stand beside another: its own where there is room between its new neighbours, else those of
 * all of them. By folder id.
 */
export function folderPositions(index: TreeIndex, folder: FolderNode, { place, beside }: Target): Map<number, number> {
  const others = siblingsAt(index, place, 'folder').filter(({ id }) => id !== folder.id);
  const at = others.findIndex(({ id }) => id === beside?.id);
  const to = at === -1 ? others.length : at + (beside?.placement === 'before' ? 0 : 1);
  const low = others[to - 1]?.position ?? 0;
  const high = others[to]?.position ?? low + 2 * positionStep;
  const middle = Math.floor((low + high) / 2);
  if (middle > low && middle < high) return new Map([[folder.id, middle]]);
  const ordered = others.toSpliced(to, 0, folder);
  return new Map(ordered.map(({ id }, position) => [id, (position + 1) * positionStep]));
}

/** Whether a folder may go to a place: not into itself or what is in it. */
export function mayHold(index: TreeIndex, node: TreeNode, { folderId }: Place): boolean {
  if (node.type === 'server' || folderId === null) return true;
  return node.id !== folderId && foldersWithin(node.entries).every(({ id }) => id !== folderId);
}

/** Whether both are the same folder of the same owner. */
export function samePlace(one: Place, other: Place): boolean {
  return one.organizationId === other.organizationId && one.folderId === other.folderId;
}

/** A place as one string, for a select: `mine`, `org-7`, `folder-3`. */
export function placeKey({ organizationId, folderId }: Place): string {
  if (folderId !== null) return `folder-${folderId}`;
  return organizationId === null ? 'mine' : `org-${organizationId}`;
}

/** The place that `placeKey` has written. The owner of a folder that is gone is taken to be the person. */
export function placeOfKey(index: TreeIndex, key: string): Place {
  const id = Number(key.slice(key.indexOf('-') + 1));
  if (key.startsWith('org-')) return { organizationId: id, folderId: null };
  if (!key.startsWith('folder-')) return { organizationId: null, folderId: null };
  return { organizationId: index.folders.get(id)?.node.organizationId ?? null, folderId: id };
}

/** What a place is called: the path of its folder, else its organization; undefined for the top of what is one's own. */
export function placeName(index: TreeIndex, { organizationId, folderId }: Place): string | undefined {
  if (folderId !== null) return index.folders.get(folderId)?.path.join(' / ');
  return index.shelves.find((shelf) => shelf.organizationId === organizationId)?.name ?? undefined;
}

/** Servers elsewhere whose way leads through one of these. */
export function dependentsOf(index: TreeIndex, entryIds: ReadonlySet<number>): Entry[] {
  return [...index.entries.values()]
    .map(({ entry }) => entry)
    .filter((entry) => !entryIds.has(entry.id) && jumpHostsOf(entry.config).some((id) => entryIds.has(id)));
}
