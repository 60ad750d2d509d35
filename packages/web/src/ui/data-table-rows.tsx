import type { Row, TableFeatures } from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  memo,
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';

/** The height of the row of headings, and of the rows: with one line, and with a second one below it. In pixels. */
const headHeightPx = 34;
const rowHeightPx = 44;
const tallRowHeightPx = 60;
const overscanRows = 8;
const pageRows = 10;

/** The elements in a cell that handle clicks and keys themselves. */
const ownControls = 'a, button, input, select, textarea';

interface RowsProps<T extends object, F extends TableFeatures> {
  readonly scroller: HTMLElement;
  readonly shown: readonly Row<F, T>[];
  readonly columns: readonly { readonly id: string; readonly cell: (row: T) => ReactNode }[];
  readonly nameOf: (row: T) => string;
  /** A second line below the first cell. */
  readonly detail: ((row: T) => ReactNode) | undefined;
  readonly openedId: string | undefined;
  /** The selected rows; undefined if rows cannot be selected. */
  readonly chosen: ReadonlySet<string> | undefined;
  readonly onChoose: (ids: readonly string[]) => void;
  readonly onOpen: ((row: T) => void) | undefined;
  readonly onContextMenu: ((row: T, event: MouseEvent) => void) | undefined;
  readonly onEnd: (() => void) | undefined;
}

/** The visible rows, and a few more on either side. */
export function Rows<T extends object, F extends TableFeatures>(props: RowsProps<T, F>) {
  const { scroller, shown, columns, nameOf, detail, openedId, chosen, onOpen, onContextMenu, onEnd } = props;
  const { t } = useTranslation();
  // By id, so that the scroll position is kept while rows are added and removed.
  const [activeId, setActiveId] = useState(openedId);
  const activeIndex = Math.max(
    0,
    shown.findIndex(({ id }) => id === activeId),
  );
  const height = detail === undefined ? rowHeightPx : tallRowHeightPx;
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller,
    estimateSize: () => height,
    getItemKey: useCallback((index: number) => shown[index]?.id ?? index, [shown]),
    overscan: overscanRows,
    scrollMargin: headHeightPx,
    scrollPaddingStart: headHeightPx,
    // The focused row stays in the page, so that keyboard navigation continues from there.
    rangeExtractor: useCallback((range: Range) => including(defaultRangeExtractor(range), activeIndex), [activeIndex]),
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, height]);
  useReveal(openedId, shown, (index) => {
    setActiveId(openedId);
    virtualizer.scrollToIndex(index);
  });
  const lastSeen = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    if (lastSeen >= shown.length - overscanRows) onEnd?.();
  }, [lastSeen, shown.length, onEnd]);

  const choose = useChoice(props);
  // The row that will get the focus: it may be rendered only with the next frame, and keys repeat faster.
  const heading = useRef<number>(undefined);
  function moveTo(index: number): void {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    setActiveId(shown[next]?.id);
    virtualizer.scrollToIndex(next);
    heading.current = next;
    requestAnimationFrame(() => {
      if (heading.current !== next) return;
      heading.current = undefined;
      scroller.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
    });
  }
  function onKeyDown(event: KeyboardEvent): void {
    const index = heading.current ?? indexAt(event.target);
    const row = index === undefined ? undefined : shown[index];
    if (index === undefined || row === undefined || isControl(event.target)) return;
    const step = stepOf(event.key, shown.length);
    if (step !== undefined) {
      if (event.shiftKey) choose.range(index, index + step);
      moveTo(index + step);
    } else if (event.key === 'Enter') onOpen?.(row.original);
    else if (event.key === ' ' && chosen !== undefined) choose.toggle(index, event.shiftKey);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && chosen !== undefined) choose.all();
    else return;
    event.preventDefault();
  }
  function onClick(event: MouseEvent): void {
    const index = indexAt(event.target);
    const row = index === undefined ? undefined : shown[index];
    if (index === undefined || row === undefined) return;
    const onChoice = event.target instanceof Element && event.target.closest('[data-choice]') !== null;
    if (!onChoice && isControl(event.target)) return;
    setActiveId(row.id);
    if (onChoice || (chosen !== undefined && (event.shiftKey || event.ctrlKey || event.metaKey)))
      choose.toggle(index, event.shiftKey);
    else onOpen?.(row.original);
  }

  return (
    <div
      role="rowgroup"
      className={classes['rows']}
      style={{ height: virtualizer.getTotalSize() }}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        const row = shown[indexAt(event.target) ?? -1];
        if (row !== undefined) onContextMenu?.(row.original, event);
      }}
    >
      {virtualizer.getVirtualItems().map(({ index, start, key }) => {
        const row = shown[index];
        if (row === undefined) return null;
        return (
          <RowView
            key={key}
            index={index}
            topPx={start - headHeightPx}
            heightPx={height}
            item={row.original}
            columns={columns}
            choiceLabel={t('table.select', { name: nameOf(row.original) })}
            detail={detail}
            opened={row.id === openedId}
            chosen={chosen?.has(row.id)}
            focusable={index === activeIndex}
          />
        );
      })}
    </div>
  );
}

interface RowViewProps<T> {
  readonly index: number;
  readonly topPx: number;
  readonly heightPx: number;
  readonly item: T;
  readonly columns: RowsProps<T & object, TableFeatures>['columns'];
  readonly choiceLabel: string;
  readonly detail: ((row: T) => ReactNode) | undefined;
  readonly opened: boolean;
  readonly chosen: boolean | undefined;
  readonly focusable: boolean;
}

function PlainRow<T extends object>(props: RowViewProps<T>) {
  const { index, topPx, heightPx, item, columns, choiceLabel, detail, opened, chosen, focusable } = props;
  return (
    <div
      role="row"
      // The row of headings is the first.
      aria-rowindex={index + 2}
      aria-selected={chosen ?? opened}
      aria-current={opened || undefined}
      data-index={index}
      data-opened={opened || undefined}
      tabIndex={focusable ? 0 : -1}
      className={classes['row']}
      style={{ height: heightPx, transform: `translateY(${topPx}px)` }}
    >
      {chosen !== undefined && (
        <span role="gridcell" className={classes['choice']} data-choice>
          <input
            type="checkbox"
            className={classes['check']}
            tabIndex={-1}
            aria-label={choiceLabel}
            checked={chosen}
            // The table handles the click, with its modifier keys.
            onChange={() => undefined}
          />
        </span>
      )}
      {columns.map(({ id, cell }, column) => (
        <span key={id} role="gridcell" className={classes['cell']}>
          {cell(item)}
          {column === 0 && detail !== undefined && <span className={classes['detail']}>{detail(item)}</span>}
        </span>
      ))}
    </div>
  );
}

/** Memoized: scrolling does not render the rows again that stay visible. */
const RowView = memo(PlainRow) as typeof PlainRow;

/** Selects rows as file managers do: one, one more, or a range from the last one. */
function useChoice<T extends object, F extends TableFeatures>({ shown, chosen, onChoose }: RowsProps<T, F>) {
  const anchor = useRef(0);
  function range(from: number, to: number): void {
    const ids = shown.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1).map(({ id }) => id);
    onChoose([...new Set([...(chosen ?? []), ...ids])]);
  }
  return {
    range,
    toggle(index: number, extend: boolean): void {
      const id = shown[index]?.id;
      if (id === undefined) return;
      if (extend) range(anchor.current, index);
      else onChoose(chosen?.has(id) === true ? [...chosen].filter((other) => other !== id) : [...(chosen ?? []), id]);
      anchor.current = index;
    },
    all(): void {
      onChoose(shown.map(({ id }) => id));
    },
  };
}

/** Scrolls to the opened row once, so that the address shows it and the person can scroll away from it. */
function useReveal(
  openedId: string | undefined,
  shown: readonly { id: string }[],
  reveal: (index: number) => void,
): void {
  const revealed = useRef<string>(undefined);
  useEffect(() => {
    if (openedId === revealed.current) return;
    const index = shown.findIndex(({ id }) => id === openedId);
    if (index !== -1) reveal(index);
    if (index !== -1 || openedId === undefined) revealed.current = openedId;
  });
}

function including(indexes: number[], index: number): number[] {
  return indexes.includes(index) ? indexes : [...indexes, index].sort((a, b) => a - b);
}

function indexAt(target: EventTarget): number | undefined {
  const index = target instanceof Element ? target.closest('[data-index]')?.getAttribute('data-index') : undefined;
  return typeof index === 'string' ? Number(index) : undefined;
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest(ownControls) !== null;
}

function stepOf(key: string, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: pageRows,
    PageUp: -pageRows,
    Home: -count,
    End: count,
  };
  return steps[key];
}
