import { Checkbox, Loader } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  createColumnHelper,
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Row,
  type RowSelectionState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';

const features = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
});
type Features = typeof features;

const rowHeightPx = 44;
const overscanRows = 12;

/** A column: what it is sorted by, how it is shown, and its share of the width in CSS grid terms (`minmax(120px, 1fr)`). */
export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly width: string;
  readonly value: (row: T) => string | number;
  readonly cell: (row: T) => ReactNode;
  /** Left out on narrow screens. */
  readonly wide?: boolean;
}

interface DataTableProps<T> {
  /** What the table lists, for screen readers. */
  readonly label: string;
  readonly rows: readonly T[];
  /** Must be the same array from one rendering to the next. */
  readonly columns: readonly Column<T>[];
  readonly idOf: (row: T) => string;
  readonly nameOf: (row: T) => string;
  readonly openedId?: string | undefined;
  readonly onOpen?: (row: T) => void;
  readonly onContextMenu?: (row: T, event: MouseEvent) => void;
  /** Ids of the chosen rows; without it, there is nothing to choose. */
  readonly selected?: readonly string[];
  readonly onSelect?: (ids: readonly string[]) => void;
  readonly loading?: boolean;
  /** Called when the last rows come near, to read the next page. */
  readonly onEnd?: (() => void) | undefined;
  readonly empty?: ReactNode;
}

/** A list that stays fluent at 10,000 rows: only what is seen is in the page. Arrow keys move, Enter opens, Space chooses. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { rows, columns, idOf, selected, onSelect, label, loading = false, empty } = props;
  const { t } = useTranslation();
  const table = useTable(
    {
      features,
      data: rows,
      columns: useColumnDefs(columns),
      getRowId: idOf,
      enableSortingRemoval: true,
      state: { rowSelection: selectionOf(selected) },
      onRowSelectionChange: (next: RowSelectionState | ((old: RowSelectionState) => RowSelectionState)) => {
        const state = typeof next === 'function' ? next(selectionOf(selected)) : next;
        onSelect?.(Object.keys(state).filter((id) => state[id]));
      },
    },
    ({ sorting, rowSelection }) => ({ sorting, rowSelection }),
  );
  const shown = table.getRowModel().rows;
  const template = [selected === undefined ? '' : '44px', ...columns.map(({ width }) => width)].join(' ').trim();
  const narrow = columns.filter(({ wide }) => wide !== true);
  const narrowTemplate = [selected === undefined ? '' : '44px', ...narrow.map(({ width }) => width)].join(' ').trim();

  return (
    <div
      className={classes['root']}
      role="grid"
      aria-label={label}
      aria-rowcount={shown.length + 1}
      style={{ '--columns': template, '--columns-narrow': narrowTemplate } as React.CSSProperties}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={classes['head']}>
          {selected !== undefined && (
            <span role="columnheader" className={classes['choice']}>
              <Checkbox
                size="xs"
                aria-label={t('table.selectAll')}
                checked={shown.length > 0 && selected.length === shown.length}
                indeterminate={selected.length > 0 && selected.length < shown.length}
                onChange={(event) => onSelect?.(event.currentTarget.checked ? shown.map(({ id }) => id) : [])}
              />
            </span>
          )}
          {table.getHeaderGroups()[0]?.headers.map(({ column }, index) => (
            <span
              key={column.id}
              role="columnheader"
              aria-sort={sortNames[String(column.getIsSorted())]}
              data-wide={columns[index]?.wide}
            >
              <button
                type="button"
                className={classes['sort']}
                onClick={column.getToggleSortingHandler()}
                title={t('table.sortBy', { column: columns[index]?.header ?? '' })}
              >
                {columns[index]?.header}
                <SortMark direction={column.getIsSorted()} />
              </button>
            </span>
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <div className={classes['empty']}>{loading ? <Loader size="sm" aria-label={t('table.loading')} /> : empty}</div>
      ) : (
        <Rows {...props} shown={shown} />
      )}
    </div>
  );
}

const sortNames: Readonly<Record<string, 'ascending' | 'descending'>> = { asc: 'ascending', desc: 'descending' };

function SortMark({ direction }: { readonly direction: false | 'asc' | 'desc' }) {
  if (direction === false) return null;
  const Arrow = direction === 'asc' ? IconArrowUp : IconArrowDown;
  return <Arrow size={12} aria-hidden />;
}

function selectionOf(selected: readonly string[] = []): RowSelectionState {
  return Object.fromEntries(selected.map((id) => [id, true as const]));
}

function useColumnDefs<T extends object>(columns: readonly Column<T>[]): ColumnDef<Features, T>[] {
  const [helper] = useState(() => createColumnHelper<Features, T>());
  const [known, setKnown] = useState<{ columns: readonly Column<T>[]; defs: ColumnDef<Features, T>[] }>();
  if (known?.columns === columns) return known.defs;
  const defs = columns.map(({ id, value }) => helper.accessor(value, { id, sortFn: 'alphanumeric' })) as ColumnDef<
    Features,
    T
  >[];
  setKnown({ columns, defs });
  return defs;
}

/** The rows that are seen, and a few more on either side. */
function Rows<T extends object>({
  shown,
  columns,
  openedId,
  nameOf,
  onOpen,
  onContextMenu,
  selected,
  onEnd,
}: DataTableProps<T> & { readonly shown: readonly Row<Features, T>[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: overscanRows,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= shown.length - overscanRows) onEnd?.();
  }, [last, shown.length, onEnd]);

  function moveTo(index: number): void {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    setActive(next);
    virtualizer.scrollToIndex(next);
    // The row may only come into the page with the next frame.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  }
  function onKeyDown(event: KeyboardEvent, row: Row<Features, T>, index: number): void {
    if (event.target !== event.currentTarget) return;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + 10,
      PageUp: index - 10,
      Home: 0,
      End: shown.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) moveTo(target);
    else if (event.key === 'Enter') onOpen?.(row.original);
    else if (event.key === ' ' && selected !== undefined) row.toggleSelected();
    else return;
    event.preventDefault();
  }

  return (
    <div ref={scroller} className={classes['scroller']} role="rowgroup">
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map(({ index, start }) => {
          const row = shown[index];
          if (row === undefined) return null;
          return (
            <div
              key={row.id}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={selected === undefined ? row.id === openedId : row.getIsSelected()}
              data-opened={row.id === openedId || undefined}
              data-index={index}
              tabIndex={index === Math.min(active, shown.length - 1) ? 0 : -1}
              className={classes['row']}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => {
                setActive(index);
                onOpen?.(row.original);
              }}
              onContextMenu={(event) => onContextMenu?.(row.original, event)}
              onKeyDown={(event) => {
                onKeyDown(event, row, index);
              }}
            >
              {selected !== undefined && (
                <span
                  role="gridcell"
                  className={classes['choice']}
                  onClick={(event) => {
                    event.stopPropagation();
                  }}
                >
                  <Choice row={row} name={nameOf(row.original)} />
                </span>
              )}
              {columns.map(({ id, cell, wide }) => (
                <span key={id} role="gridcell" className={classes['cell']} data-wide={wide}>
                  {cell(row.original)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Choice<T extends object>({ row, name }: { readonly row: Row<Features, T>; readonly name: string }) {
  const { t } = useTranslation();
  return (
    <Checkbox
      size="xs"
      tabIndex={-1}
      aria-label={t('table.select', { name })}
      checked={row.getIsSelected()}
      onChange={row.getToggleSelectedHandler()}
    />
  );
}
