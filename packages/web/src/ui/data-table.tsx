import { Loader } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Header,
  type Row,
} from '@tanstack/react-table';
import { useMemo, useState, type CSSProperties, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';
import { Rows } from './data-table-rows.tsx';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
type Features = typeof features;

/** Below this width of the table, `wide` columns are left out. */
const wideFromPx = 844;
/** Below this width of the table, a row has a second line, if the list defines one. */
const twoLinesBelowPx = 560;

/** A column: its sort value, its cell, and its width as a CSS grid track (`minmax(120px, 1fr)`). */
export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly width: string;
  readonly value: (row: T) => string | number;
  readonly cell: (row: T) => ReactNode;
  /** Hidden in a narrow table: below the default width (`true`) or below this number of pixels. */
  readonly wide?: boolean | number;
}

interface DataTableProps<T> {
  /** The name of the table for screen readers. */
  readonly label: string;
  readonly rows: readonly T[];
  /** Must be the same array in every rendering. */
  readonly columns: readonly Column<T>[];
  readonly idOf: (row: T) => string;
  readonly nameOf: (row: T) => string;
  /** The second line of a row on a phone, with the content of the hidden columns. Must be the same function in every rendering. */
  readonly detail?: (row: T) => ReactNode;
  readonly openedId?: string | undefined;
  readonly onOpen?: (row: T) => void;
  readonly onContextMenu?: (row: T, event: MouseEvent) => void;
  /** Ids of the selected rows; without it, rows cannot be selected. */
  readonly selected?: readonly string[];
  readonly onSelect?: (ids: readonly string[]) => void;
  readonly loading?: boolean;
  /** Called when the last rows come into view, to read the next page. */
  readonly onEnd?: (() => void) | undefined;
  readonly empty?: ReactNode;
}

/**
 * A list that stays fast with 10,000 rows: only visible rows are rendered. Arrow keys move, Enter opens, Space selects, Shift extends the
 * selection, Ctrl+A selects all.
 */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { rows, columns, idOf, nameOf, detail, selected, onSelect, label, loading = false, empty } = props;
  const { t } = useTranslation();
  const table = useTable(
    { features, data: rows, columns: useColumnDefs(columns), getRowId: idOf, enableSortingRemoval: true },
    ({ sorting }) => ({ sorting }),
  );
  const shown = table.getRowModel().rows;
  const chosen = useMemo(() => selected && new Set(selected), [selected]);
  const { ref: measure, width } = useElementSize();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const visible = useMemo(() => columns.filter((column) => fits(column, width)), [columns, width]);
  const template = [...(chosen === undefined ? [] : ['20px']), ...visible.map((column) => column.width)].join(' ');

  return (
    <div ref={useMergedRef(measure, setScroller)} className={classes['root']}>
      <div
        className={classes['grid']}
        role="grid"
        aria-label={label}
        aria-rowcount={shown.length + 1}
        aria-multiselectable={chosen !== undefined || undefined}
        aria-busy={loading}
        style={{ '--columns': template } as CSSProperties}
      >
        <div role="rowgroup" className={classes['headings']}>
          <div role="row" aria-rowindex={1} className={classes['head']}>
            {chosen !== undefined && <ChooseAll shown={shown} chosen={chosen} onSelect={onSelect} />}
            {table.getHeaderGroups()[0]?.headers.map((header) => {
              const column = visible.find(({ id }) => id === header.column.id);
              return column && <Heading key={header.id} header={header} title={column.header} />;
            })}
          </div>
        </div>
        {shown.length > 0 && scroller !== null && width > 0 && (
          <Rows
            scroller={scroller}
            shown={shown}
            columns={visible}
            nameOf={nameOf}
            detail={width < twoLinesBelowPx ? detail : undefined}
            openedId={props.openedId}
            chosen={chosen}
            onChoose={(ids) => onSelect?.(ids)}
            onOpen={props.onOpen}
            onContextMenu={props.onContextMenu}
            onEnd={props.onEnd}
          />
        )}
      </div>
      {shown.length === 0 && (
        <div className={classes['empty']}>{loading ? <Loader size="sm" aria-label={t('table.loading')} /> : empty}</div>
      )}
    </div>
  );
}

function fits({ wide = false }: { readonly wide?: boolean | number }, widthPx: number): boolean {
  if (wide === false) return true;
  return widthPx >= (wide === true ? wideFromPx : wide);
}

const sortNames = { asc: 'ascending', desc: 'descending' } as const;

function Heading<T extends object>({
  header: { column },
  title,
}: {
  readonly header: Header<Features, T>;
  readonly title: string;
}) {
  const { t } = useTranslation();
  const direction = column.getIsSorted();
  const Arrow = direction === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <span role="columnheader" aria-sort={direction === false ? undefined : sortNames[direction]}>
      <button
        type="button"
        className={classes['sort']}
        onClick={column.getToggleSortingHandler()}
        title={t('table.sortBy', { column: title })}
      >
        {title}
        {direction !== false && <Arrow size={12} aria-hidden />}
      </button>
    </span>
  );
}

interface ChooseAllProps<T extends object> {
  readonly shown: readonly Row<Features, T>[];
  readonly chosen: ReadonlySet<string>;
  readonly onSelect: ((ids: readonly string[]) => void) | undefined;
}

function ChooseAll<T extends object>({ shown, chosen, onSelect }: ChooseAllProps<T>) {
  const { t } = useTranslation();
  const all = shown.length > 0 && chosen.size === shown.length;
  return (
    <span role="columnheader" className={classes['choice']}>
      <input
        type="checkbox"
        ref={(box) => {
          if (box !== null) box.indeterminate = chosen.size > 0 && !all;
        }}
        className={classes['check']}
        aria-label={t('table.selectAll')}
        checked={all}
        onChange={() => onSelect?.(all ? [] : shown.map(({ id }) => id))}
      />
    </span>
  );
}

/** Longer runs of digits than this are compared as text. */
const digits = 15;

/**
 * The sort key of a text, computed once for each row: without case and accents, and `web-2` before `web-10`. Comparing ten thousand texts by the
 * rules of a language (Intl.Collator) takes longer than a frame.
 */
function sortKey(value: string | number): string | number {
  if (typeof value === 'number') return value;
  const plain = value.normalize('NFKD').replace(/\p{M}+/gu, '');
  return plain.toLowerCase().replace(/\d+/g, (number) => number.padStart(digits, '0'));
}

function compare<T extends object>(one: Row<Features, T>, other: Row<Features, T>, columnId: string): number {
  const a = one.getValue<string | number>(columnId);
  const b = other.getValue<string | number>(columnId);
  return a === b ? 0 : a < b ? -1 : 1;
}

function useColumnDefs<T extends object>(columns: readonly Column<T>[]): ColumnDef<Features, T>[] {
  return useMemo(() => {
    const helper = createColumnHelper<Features, T>();
    return columns.map(({ id, value }) =>
      helper.accessor((row) => sortKey(value(row)), { id, sortFn: compare }),
    ) as ColumnDef<Features, T>[];
  }, [columns]);
}
