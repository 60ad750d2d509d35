import type { Entry, FolderNode } from '@gatehouse/contract/entries';
import { foldCase } from '../../lib/fold-case.ts';
import type { TreeOwner, TreeIndex, TreeNode } from './tree-index.ts';

interface RowBase {
  /** Identifies the row; collapsed rows are stored by it. */
  readonly key: string;
  /** The depth, for screen readers; headings are 1. */
  readonly level: number;
  readonly setSize: number;
  readonly posInSet: number;
}

/** The heading of an owner or of the favourites. */
export interface GroupRow extends RowBase {
  readonly kind: 'group';
  /** Undefined for the favourites. */
  readonly owner: TreeOwner | undefined;
  readonly expanded: boolean | undefined;
  readonly count: number;
}

/** A folder, open or closed. */
export interface FolderRow extends RowBase {
  readonly kind: 'folder';
  readonly folder: FolderNode;
  readonly expanded: boolean;
  readonly count: number;
}

/** An entry. */
export interface ServerRow extends RowBase {
  readonly kind: 'server';
  readonly entry: Entry;
}

/** A visible row of the tree. */
export type TreeRow = GroupRow | FolderRow | ServerRow;

/** The state that decides which rows are visible. */
export interface TreeView {
  /** Keys of the collapsed rows. */
  readonly collapsed: ReadonlySet<string>;
  readonly search: string;
  /** Ids of entries. */
  readonly favourites: readonly number[];
}

/** The rows to show, from top to bottom. A search shows only the matches of all its words, expanded. */
export function rowsOf(index: TreeIndex, view: TreeView): TreeRow[] {
  const words = foldCase(view.search).split(/\s+/).filter(Boolean);
  const matches = ({ id }: Entry): boolean => {
    const text = index.entries.get(id)?.text ?? '';
    return words.every((word) => text.includes(word));
  };
  const walk: Walk = { index, matches, searching: words.length > 0, collapsed: view.collapsed, rows: [] };
  const favourites = view.favourites.flatMap((id) => index.entries.get(id)?.entry ?? []).filter(matches);
  const owners = index.owners
    .map((owner) => ({ owner, nodes: shownOf(walk, owner.nodes) }))
    .filter(({ nodes }) => !walk.searching || nodes.length > 0);
  const groups = owners.length + (favourites.length > 0 ? 1 : 0);
  if (favourites.length > 0) addFavourites(walk, favourites, groups);
  for (const [position, { owner, nodes }] of owners.entries())
    addOwner(walk, { owner, nodes, setSize: groups, posInSet: groups - owners.length + position + 1 });
  return walk.rows;
}

interface Walk {
  readonly index: TreeIndex;
  readonly matches: (entry: Entry) => boolean;
  readonly searching: boolean;
  readonly collapsed: ReadonlySet<string>;
  readonly rows: TreeRow[];
}

function isOpen({ searching, collapsed }: Walk, key: string): boolean {
  return searching || !collapsed.has(key);
}

function addFavourites(walk: Walk, favourites: readonly Entry[], setSize: number): void {
  const key = 'favourites';
  const expanded = isOpen(walk, key);
  const group = { kind: 'group', key, level: 1, owner: undefined } as const;
  walk.rows.push({ ...group, expanded, count: favourites.length, setSize, posInSet: 1 });
  if (!expanded) return;
  for (const [position, entry] of favourites.entries())
    walk.rows.push({
      kind: 'server',
      key: `favourite-${entry.id}`,
      level: 2,
      entry,
      setSize: favourites.length,
      posInSet: position + 1,
    });
}

interface ShownOwner {
  readonly owner: TreeOwner;
  readonly nodes: readonly TreeNode[];
  readonly setSize: number;
  readonly posInSet: number;
}

function addOwner(walk: Walk, { owner, nodes, setSize, posInSet }: ShownOwner): void {
  const { key, serverCount: count } = owner;
  const expanded = nodes.length === 0 ? undefined : isOpen(walk, key);
  walk.rows.push({ kind: 'group', key, level: 1, owner, expanded, count, setSize, posInSet });
  if (expanded === true) addNodes(walk, nodes, 2);
}

function addNodes(walk: Walk, nodes: readonly TreeNode[], level: number): void {
  const setSize = nodes.length;
  for (const [position, node] of nodes.entries()) {
    const aria = { level, setSize, posInSet: position + 1 };
    if (node.type === 'server') {
      walk.rows.push({ kind: 'server', key: `server-${node.id}`, entry: node, ...aria });
      continue;
    }
    const key = `folder-${node.id}`;
    const expanded = isOpen(walk, key);
    const count = walk.index.folders.get(node.id)?.serverCount ?? 0;
    walk.rows.push({ kind: 'folder', key, folder: node, expanded, count, ...aria });
    if (expanded) addNodes(walk, shownOf(walk, node.entries), level + 1);
  }
}

/** Without a search, all nodes; else the matching servers and the folders that contain one. */
function shownOf(walk: Walk, nodes: readonly TreeNode[]): readonly TreeNode[] {
  if (!walk.searching) return nodes;
  return nodes.filter((node) => (node.type === 'server' ? walk.matches(node) : shownOf(walk, node.entries).length > 0));
}

/** The parent of a row. */
export function parentOf(rows: readonly TreeRow[], position: number): number | undefined {
  const level = rows[position]?.level ?? 1;
  for (let above = position - 1; above >= 0; above--) if ((rows[above]?.level ?? level) < level) return above;
  return undefined;
}

/** The name of a row; empty for a heading whose name is a text of the app. */
export function nameOf(row: TreeRow): string {
  switch (row.kind) {
    case 'group':
      return row.owner?.name ?? '';
    case 'folder':
      return row.folder.name;
    case 'server':
      return row.entry.name;
  }
}

/** The next row, wrapping around, whose name starts with the typed text. */
export function typedAhead(rows: readonly TreeRow[], from: number, typed: string): number | undefined {
  const wanted = foldCase(typed);
  // A longer text may match the current row; a single letter moves to the next one.
  const start = typed.length === 1 ? 1 : 0;
  for (let step = start; step <= rows.length; step++) {
    const position = (from + step) % rows.length;
    const row = rows[position];
    if (row !== undefined && foldCase(nameOf(row)).startsWith(wanted)) return position;
  }
  return undefined;
}
