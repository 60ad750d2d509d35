import type { AuditEntry } from '@gatehouse/contract/audit';
import { Loader } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { day as inFull } from '../../lib/time.ts';
import classes from './entry-list.module.css';
import { EntryRow } from './entry-row.tsx';
import { useNames } from './names.ts';
import { nearDay, rowsOf, type Row } from './rows.ts';

const entryHeightPx = 40;
/** On a phone, time and organization are below the sentence, which may take two lines. */
const phoneEntryHeightPx = 76;
const dayHeightPx = 36;
const overscanRows = 12;

interface EntryListProps {
  readonly entries: readonly AuditEntry[];
  readonly loading: boolean;
  readonly openedSeq: number | undefined;
  readonly onOpen: (entry: AuditEntry) => void;
  /** Called when the last entries come into view, to read the next page. */
  readonly onEnd: (() => void) | undefined;
}

/** Entries, grouped by day. Only visible rows are rendered. Arrow keys move, Enter opens. */
export function EntryList({ entries, loading, openedSeq, onOpen, onEnd }: EntryListProps) {
  const { t } = useTranslation('auditLog');
  const names = useNames();
  const scroller = useRef<HTMLDivElement>(null);
  const movesFocus = useRef(false);
  const [active, setActive] = useState(1);
  const isPhone = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
  const rows = useMemo(() => rowsOf(entries), [entries]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index], isPhone),
    overscan: overscanRows,
    // The focused row stays rendered, or keyboard navigation would lose its position.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), Math.min(active, rows.length - 1)])],
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, isPhone]);
  useEffect(() => {
    if (!movesFocus.current) return;
    movesFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"] button`)?.focus({ preventScroll: true });
  }, [active]);
  const items = virtualizer.getVirtualItems();
  const last = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - overscanRows) onEnd?.();
  }, [last, rows.length, onEnd]);

  function moveTo(wanted: number, step: 1 | -1): void {
    let next = Math.max(0, Math.min(rows.length - 1, wanted));
    if (isHeading(rows[next])) next += step;
    if (rows[next] === undefined) return;
    movesFocus.current = true;
    setActive(next);
    virtualizer.scrollToIndex(next);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, readonly [number, 1 | -1]>> = {
      ArrowDown: [active + 1, 1],
      ArrowUp: [active - 1, -1],
      PageDown: [active + 10, 1],
      PageUp: [active - 10, -1],
      Home: [0, 1],
      End: [rows.length - 1, -1],
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    moveTo(...move);
  }

  return (
    <div ref={scroller} className={classes['scroller']} onKeyDown={onKeyDown}>
      {loading && (
        <div className={classes['loading']}>
          <Loader size="sm" aria-label={t('loading')} />
        </div>
      )}
      <div
        role="list"
        aria-label={t('list')}
        className={classes['list']}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, start, size }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={isEntry(row) ? row.entry.seq : row.day}
              role="listitem"
              data-index={index}
              className={classes['place']}
              style={{ transform: `translateY(${start}px)`, height: size }}
            >
              {isEntry(row) ? (
                <EntryRow
                  entry={row.entry}
                  names={names}
                  isOpened={row.entry.seq === openedSeq}
                  isActive={index === active}
                  onOpen={() => {
                    setActive(index);
                    onOpen(row.entry);
                  }}
                />
              ) : (
                <DayHeading day={row.day} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function isEntry(row: Row): row is Extract<Row, { entry: AuditEntry }> {
  return 'entry' in row;
}

function isHeading(row: Row | undefined): boolean {
  return row !== undefined && !isEntry(row);
}

function heightOf(row: Row | undefined, isPhone: boolean): number {
  if (row === undefined || !isEntry(row)) return dayHeightPx;
  return isPhone ? phoneEntryHeightPx : entryHeightPx;
}

function DayHeading({ day }: { readonly day: string }) {
  const { t, i18n } = useTranslation('auditLog');
  const near = nearDay(day);
  const words = near === undefined ? inFull(`${day}T12:00:00`, i18n.language) : t(near);
  return <h2 className={classes['day']}>{words}</h2>;
}
