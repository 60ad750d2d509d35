import type { Operation } from '@atlaskit/pragmatic-drag-and-drop-hitbox/list-item';
import { mayContain, type Target } from '../actions/locations.ts';
import { canAddTo, locationOf, type Location, type TreeIndex, type TreeNode } from '../tree-index.ts';
import type { TreeRow } from '../tree-rows.ts';

/** The allowed drop operations of a row. */
export type Operations = Partial<Record<Operation, 'available'>>;

/** The drop operations that a row allows: servers beside servers, folders beside folders, and both into folders and headings. */
export function operationsOn(index: TreeIndex, row: TreeRow, dragged: TreeNode): Operations {
  const into = insideOf(row);
  const sibling = row.kind === 'server' ? row.entry : row.kind === 'folder' ? row.folder : undefined;
  const itself = sibling?.type === dragged.type && sibling.id === dragged.id;
  if (itself || row.key.startsWith('favourite')) return {};
  const beside = sibling?.type === dragged.type && allowed(index, dragged, locationOf(sibling));
  const inside = into !== undefined && allowed(index, dragged, into);
  return {
    ...(beside ? { 'reorder-before': 'available', 'reorder-after': 'available' } : {}),
    ...(inside ? { combine: 'available' } : {}),
  };
}

function allowed(index: TreeIndex, dragged: TreeNode, location: Location): boolean {
  return canAddTo(index, location) && mayContain(index, dragged, location);
}

function insideOf(row: TreeRow): Location | undefined {
  if (row.kind === 'folder') return { organizationId: row.folder.organizationId, folderId: row.folder.id };
  if (row.kind === 'server' || row.owner === undefined) return undefined;
  return { organizationId: row.owner.organizationId, folderId: null };
}

/** The target of a drop on a row. */
export function dropOf(row: TreeRow, operation: Operation): Target | undefined {
  const location = insideOf(row);
  if (operation === 'combine') return location && { location };
  const sibling = row.kind === 'server' ? row.entry : row.kind === 'folder' ? row.folder : undefined;
  if (sibling === undefined) return undefined;
  const placement = operation === 'reorder-before' ? 'before' : 'after';
  return { location: locationOf(sibling), beside: { id: sibling.id, placement } };
}

/** The node of a row. A favourite is only a link to a server, so it cannot be moved. */
export function nodeOf(row: TreeRow): TreeNode | undefined {
  if (row.kind === 'folder') return row.folder;
  return row.kind === 'server' && !row.key.startsWith('favourite-') ? row.entry : undefined;
}
