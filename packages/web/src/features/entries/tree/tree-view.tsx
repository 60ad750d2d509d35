import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useId, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from '../actions/dialogs.tsx';
import { isUpToDate } from '../../../lib/freshness.ts';
import { useObservable } from '../../../lib/observable.ts';
import { liveSessions } from '../queries.ts';
import type { TreeIndex } from '../tree-index.ts';
import type { TreeRow } from '../tree-rows.ts';
import { RowMenu, type MenuSpot } from './row-menu.tsx';
import classes from './tree-panel.module.css';
import { TreeRowView } from './tree-row-view.tsx';
import { useRowActions } from './use-row-actions.ts';
import { useTreeKeys } from './use-tree-keys.ts';

/** In pixels; touch needs larger rows than a mouse. */
const rowHeights = { fine: { row: 30, group: 38 }, coarse: { row: 44, group: 48 } };
const overscanRows = 10;

interface TreeViewProps {
  readonly index: TreeIndex;
  readonly rows: readonly TreeRow[];
  readonly opened: number | undefined;
  readonly searching: boolean;
  readonly treeRef: RefObject<HTMLDivElement | null>;
  readonly onFold: (key: string, collapsed: boolean) => void;
  readonly onAsk: (question: Question) => void;
}

/** The tree: only visible rows are rendered; `aria-activedescendant` names the active row. */
export function TreeView({ index, rows, opened, searching, treeRef, onFold, onAsk }: TreeViewProps) {
  const { t } = useTranslation('entries');
  const { data: sessions = [] } = useQuery(liveSessions);
  const isKnown = useObservable(isUpToDate);
  const connected = useMemo(() => new Set(isKnown ? sessions.map(({ entryId }) => entryId) : []), [isKnown, sessions]);
  const scroller = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string>();
  const [renaming, setRenaming] = useState<string>();
  const [menu, setMenu] = useState<MenuSpot>();
  const heights = useMediaQuery('(pointer: coarse)') ? rowHeights.coarse : rowHeights.fine;
  const idBase = useId();
  const idOf = ({ key }: TreeRow) => `${idBase}-${key}`;
  const active = Math.max(
    0,
    rows.findIndex(({ key }) => key === activeKey),
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (position) => rows[position]?.key ?? position,
    estimateSize: (position) => (rows[position]?.kind === 'group' ? heights.group : heights.row),
    overscan: overscanRows,
  });

  const actions = useRowActions({ index, onFold, onAsk, setActiveKey, setRenaming, setMenu });
  const onKeyDown = useTreeKeys({
    rows,
    active,
    actions,
    moveTo: (position) => {
      setActiveKey(rows[position]?.key);
      virtualizer.scrollToIndex(position);
    },
    boxOf: (row) => document.getElementById(idOf(row))?.getBoundingClientRect(),
  });
  const endRename = useCallback(() => {
    setRenaming(undefined);
    treeRef.current?.focus();
  }, [treeRef]);
  const items = virtualizer.getVirtualItems();
  const activeRow = rows[active];
  const activeShows = items.some(({ index: position }) => position === active);

  return (
    <div className={classes['scroller']} ref={scroller}>
      <div
        ref={treeRef}
        role="tree"
        aria-label={t('tree.label')}
        tabIndex={0}
        aria-activedescendant={activeRow !== undefined && activeShows ? idOf(activeRow) : undefined}
        className={classes['tree']}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => {
          // For the menu key: the browser's own menu would cover ours.
          if (event.target === event.currentTarget) event.preventDefault();
        }}
      >
        {items.map(({ index: position, start, size }) => {
          const row = rows[position];
          if (row === undefined) return null;
          return (
            <TreeRowView
              key={row.key}
              id={idOf(row)}
              row={row}
              start={start}
              height={size}
              active={position === active}
              opened={row.kind === 'server' && row.entry.id === opened}
              connected={row.kind === 'server' && connected.has(row.entry.id)}
              renaming={row.key === renaming}
              draggable={!searching}
              actions={actions}
              onRenamed={endRename}
            />
          );
        })}
      </div>
      <RowMenu
        spot={menu}
        onClose={() => {
          setMenu(undefined);
          requestAnimationFrame(() => {
            if (document.activeElement === document.body) treeRef.current?.focus();
          });
        }}
        onAsk={onAsk}
        onRename={setRenaming}
      />
    </div>
  );
}
