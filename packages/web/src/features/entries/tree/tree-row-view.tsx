import { IconChevronDown, IconChevronRight, IconDots } from '@tabler/icons-react';
import { memo, useRef, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOf, type TreeRow } from '../tree-rows.ts';
import type { RowActions } from './row-actions.ts';
import { RenameField } from './rename-field.tsx';
import classes from './tree-panel.module.css';
import { useRowDrag } from './use-row-drag.ts';

interface TreeRowViewProps {
  readonly id: string;
  readonly row: TreeRow;
  /** The offset from the top of the tree, in pixels. */
  readonly start: number;
  readonly height: number;
  readonly active: boolean;
  readonly opened: boolean;
  readonly connected: boolean;
  readonly renaming: boolean;
  readonly draggable: boolean;
  /** Must be the same object in every rendering, or scrolling would render every row again. */
  readonly actions: RowActions;
  readonly onRenamed: () => void;
}

/** One row of the tree: a heading, a folder or a server. */
export const TreeRowView = memo(function TreeRowView(props: TreeRowViewProps) {
  const { id, row, active, opened, renaming, actions, onRenamed } = props;
  const { t } = useTranslation('entries');
  const elementRef = useRef<HTMLDivElement>(null);
  const drop = useRowDrag({ elementRef, row, enabled: props.draggable && !renaming, actions });
  const name = row.kind === 'group' ? groupName(row, t('mine'), t('favourites')) : nameOf(row);
  const openMenu = (event: MouseEvent) => {
    event.preventDefault();
    actions.activate(row);
    actions.openMenu(row, { x: event.clientX, y: event.clientY });
  };
  return (
    <div
      ref={elementRef}
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-setsize={row.setSize}
      aria-posinset={row.posInSet}
      aria-expanded={row.kind === 'server' ? undefined : row.expanded}
      aria-selected={opened}
      aria-label={labelOf(row, name, props.connected ? t('tree.connected') : undefined)}
      className={classes['row']}
      data-kind={row.kind}
      data-active={active || undefined}
      data-drop={drop}
      style={{
        height: props.height,
        transform: `translateY(${props.start}px)`,
        paddingLeft: 16 + Math.max(0, row.level - 2) * 14,
      }}
      onClick={() => {
        actions.activate(row);
        if (!renaming) actions.show(row);
      }}
      onDoubleClick={() => {
        if (row.kind === 'server' && !renaming) actions.connect(row);
      }}
      onContextMenu={openMenu}
    >
      <Mark row={row} connected={props.connected} />
      {renaming && row.kind !== 'group' ? (
        <RenameField node={row.kind === 'server' ? row.entry : row.folder} onEnd={onRenamed} />
      ) : (
        <>
          {/* The space separates the two for screen readers. */}
          <span className={classes['name']}>{name}</span>{' '}
          {row.kind === 'server' ? (
            <span className={classes['host']}>{row.entry.ip}</span>
          ) : (
            row.expanded !== true && row.count > 0 && <span className={classes['count']}>{row.count}</span>
          )}
          <MoreButton name={name} hidden={row.kind === 'group' && row.owner === undefined} onClick={openMenu} />
        </>
      )}
    </div>
  );
});

function groupName(row: TreeRow & { kind: 'group' }, mine: string, favourites: string): string {
  return row.owner === undefined ? favourites : (row.owner.name ?? mine);
}

function labelOf(row: TreeRow, name: string, state: string | undefined): string {
  if (row.kind !== 'server') return row.count > 0 ? `${name} ${row.count}` : name;
  return [name, row.entry.ip, state].filter((part) => part !== undefined).join(' ');
}

function Mark({ row, connected }: { readonly row: TreeRow; readonly connected: boolean }) {
  if (row.kind === 'server') return <span className={classes['dot']} data-connected={connected || undefined} />;
  if (row.kind === 'group') return null;
  const Chevron = row.expanded ? IconChevronDown : IconChevronRight;
  return <Chevron size={14} stroke={2} className={classes['chevron']} aria-hidden />;
}

interface MoreButtonProps {
  readonly name: string;
  readonly hidden: boolean;
  readonly onClick: (event: MouseEvent) => void;
}

/** For the pointer only: the keyboard has the menu key, and one tab stop for the whole tree. */
function MoreButton({ name, hidden, onClick }: MoreButtonProps) {
  const { t } = useTranslation('entries');
  if (hidden) return null;
  // A plain button: there is one in every row, and scrolling mounts hundreds of them.
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes['more']}
      aria-label={t('tree.menuOf', { name })}
      onClick={(event) => {
        event.stopPropagation();
        onClick(event);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <IconDots size={16} aria-hidden />
    </button>
  );
}
