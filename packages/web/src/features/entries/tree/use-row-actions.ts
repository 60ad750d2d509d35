import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Question } from '../actions/dialogs.tsx';
import { changesOwner, useMove } from '../actions/use-move.ts';
import { useConnect } from '../commands.ts';
import type { TreeIndex } from '../tree-index.ts';
import type { TreeRow } from '../tree-rows.ts';
import { dropOf, nodeOf, operationsOn } from './drops.ts';
import type { MenuSpot } from './row-menu.tsx';
import type { RowActions } from './row-actions.ts';

interface RowActionsOptions {
  readonly index: TreeIndex;
  readonly onFold: (key: string, collapsed: boolean) => void;
  readonly onAsk: (question: Question) => void;
  readonly setActiveKey: (key: string) => void;
  readonly setRenaming: (key: string) => void;
  readonly setMenu: (spot: MenuSpot) => void;
}

/** The actions of the rows; the same object until one of its options changes. */
export function useRowActions(options: RowActionsOptions): RowActions {
  const { index, onFold, onAsk, setActiveKey, setRenaming, setMenu } = options;
  const navigate = useNavigate();
  const connect = useConnect();
  const move = useMove();
  return useMemo(() => {
    const fold = (row: Exclude<TreeRow, { kind: 'server' }>) => {
      if (row.expanded !== undefined) onFold(row.key, row.expanded);
    };
    const mayChange = (row: TreeRow) => {
      const node = row.kind === 'server' ? row.entry : row.kind === 'folder' ? row.folder : undefined;
      return node?.can.update === true;
    };
    return {
      activate: (row) => setActiveKey(row.key),
      show: (row) => {
        if (row.kind !== 'server') fold(row);
        else void navigate({ to: '/servers/$entryId', params: { entryId: String(row.entry.id) } });
      },
      connect: (row) => {
        if (row.kind !== 'server') fold(row);
        else connect({ entryId: row.entry.id, name: row.entry.name });
      },
      fold: onFold,
      rename: (row) => {
        if (mayChange(row)) setRenaming(row.key);
      },
      openMenu: (row, at) => setMenu({ row, ...at }),
      mayDrag: (row) => nodeOf(row) !== undefined && mayChange(row),
      operationsOn: (row, dragged) => operationsOn(index, row, dragged),
      drop: (row, dragged, operation) => {
        const target = dropOf(row, operation);
        if (target === undefined) return;
        if (changesOwner(dragged, target)) onAsk({ kind: 'cross', node: dragged, target });
        else void move(index, dragged, target);
      },
    };
  }, [index, onFold, onAsk, setActiveKey, setRenaming, setMenu, navigate, connect, move]);
}
