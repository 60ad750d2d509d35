import { useRef, type KeyboardEvent } from 'react';
import { parentOf, typedAhead, type TreeRow } from '../tree-rows.ts';
import type { RowActions } from './row-actions.ts';

const pageRows = 10;
/** Characters typed faster than this belong to one word. */
const typeAheadMs = 600;

interface TreeKeys {
  readonly rows: readonly TreeRow[];
  /** The index of the active row. */
  readonly active: number;
  readonly actions: RowActions;
  readonly moveTo: (position: number) => void;
  readonly boxOf: (row: TreeRow) => DOMRect | undefined;
}

/** The keys of a tree (WAI-ARIA tree view pattern); Enter connects, Space shows, F2 renames, the menu key opens the menu. */
export function useTreeKeys(tree: TreeKeys): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 });

  function typeAhead(letter: string): void {
    const now = Date.now();
    const { text, at } = typed.current;
    typed.current = { text: now - at < typeAheadMs ? text + letter : letter, at: now };
    const found = typedAhead(tree.rows, tree.active, typed.current.text);
    if (found !== undefined) tree.moveTo(found);
  }

  return (event) => {
    // Fields and buttons inside a row handle their own keys.
    const row = tree.rows[tree.active];
    if (event.target !== event.currentTarget || row === undefined) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (!(moved(tree, event.key) || acted(tree, row, event))) {
      if (event.key.length !== 1) return;
      typeAhead(event.key);
    }
    event.preventDefault();
  };
}

function moved({ rows, active, actions, moveTo }: TreeKeys, key: string): boolean {
  const last = rows.length - 1;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + pageRows,
    PageUp: active - pageRows,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  const row = rows[active];
  if (target !== undefined) {
    moveTo(Math.max(0, Math.min(last, target)));
    return true;
  }
  if (row === undefined || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return false;
  const expanded = row.kind === 'server' ? undefined : row.expanded;
  if (key === 'ArrowRight') {
    if (expanded === false) actions.fold(row.key, false);
    else if (expanded === true && (rows[active + 1]?.level ?? 0) > row.level) moveTo(active + 1);
  } else if (expanded === true) actions.fold(row.key, true);
  else moveTo(parentOf(rows, active) ?? active);
  return true;
}

function acted({ actions, boxOf }: TreeKeys, row: TreeRow, { key, shiftKey }: KeyboardEvent): boolean {
  if (key === 'Enter') actions.connect(row);
  else if (key === ' ') actions.show(row);
  else if (key === 'F2') actions.rename(row);
  else if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
    const box = boxOf(row);
    if (box !== undefined) actions.openMenu(row, { x: box.left + 32, y: box.bottom });
  } else return false;
  return true;
}
